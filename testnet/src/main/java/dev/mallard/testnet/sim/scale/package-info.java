/**
 * What the protocol costs as validator sets grow: two clusters of the node's own state machines in
 * one thread with virtual time, over a network that only delays. Counts are the same on every
 * machine; times and bytes of memory are this machine's.
 */
@NullMarked
package dev.mallard.testnet.sim.scale;

import org.jspecify.annotations.NullMarked;
