/** Tests of the virtual chains, with two of them and a messenger in place of the nodes. */
@NullMarked
package dev.mallard.testnet.sim.chain;

import org.jspecify.annotations.NullMarked;
