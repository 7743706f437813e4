/** Small worlds: clean as they are, and with each planted fault caught. */
@NullMarked
package dev.mallard.testnet.sim.worlds;

import org.jspecify.annotations.NullMarked;
