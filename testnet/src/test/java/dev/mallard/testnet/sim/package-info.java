@NullMarked
package dev.mallard.testnet.sim;

import org.jspecify.annotations.NullMarked;
