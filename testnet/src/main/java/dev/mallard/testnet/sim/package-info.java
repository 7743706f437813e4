/**
 * Two whole clusters in one thread with virtual time: the classes that a node runs, under every
 * fault of DESIGN section 6, from one seed, with every guarantee checked after every step.
 */
@NullMarked
package dev.mallard.testnet.sim;

import org.jspecify.annotations.NullMarked;
