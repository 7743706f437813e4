/** Counts of the scale run, which are the same on every machine. */
@org.jspecify.annotations.NullMarked
package dev.mallard.testnet.sim.scale;
