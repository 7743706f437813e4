/**
 * Two whole clusters of the very core in one thread with virtual time: everything random comes from
 * one seed, every guarantee is checked after every step. The beginning of the simulator.
 */
@NullMarked
package dev.mallard.c3b.harness;

import org.jspecify.annotations.NullMarked;
