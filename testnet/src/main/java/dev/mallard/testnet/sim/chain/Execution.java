package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.Outcome;

/**
 * An incoming entry was executed.
 *
 * @param block the number of the block
 */
public record Execution(long index, Outcome outcome, long block) {}
