/** Planted faults: the proof that the simulator can fail. */
@NullMarked
package dev.mallard.testnet.sim.mutants;

import org.jspecify.annotations.NullMarked;
