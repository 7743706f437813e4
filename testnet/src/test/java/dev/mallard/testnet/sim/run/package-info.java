@NullMarked
package dev.mallard.testnet.sim.run;

import org.jspecify.annotations.NullMarked;
