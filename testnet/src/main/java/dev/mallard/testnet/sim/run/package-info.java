/** Many runs: ranges of seeds, planted faults, and what came of them. */
@NullMarked
package dev.mallard.testnet.sim.run;

import org.jspecify.annotations.NullMarked;
