@NullMarked
package dev.mallard.testnet.sim.disk;

import org.jspecify.annotations.NullMarked;
