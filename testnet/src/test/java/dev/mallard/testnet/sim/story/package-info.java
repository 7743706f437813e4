@NullMarked
package dev.mallard.testnet.sim.story;

import org.jspecify.annotations.NullMarked;
