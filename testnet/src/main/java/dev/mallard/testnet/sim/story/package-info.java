/** A run of the simulator told and drawn, for people. */
@NullMarked
package dev.mallard.testnet.sim.story;

import org.jspecify.annotations.NullMarked;
