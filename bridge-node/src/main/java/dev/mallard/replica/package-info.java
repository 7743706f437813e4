/**
 * One replica: both sides of a stream pair around the pure cores, as they run in a node and in the
 * simulator. No thread, clock, randomness or socket of its own; loops, workers, peers, disk and
 * chain are handed in.
 */
@NullMarked
package dev.mallard.replica;

import org.jspecify.annotations.NullMarked;
