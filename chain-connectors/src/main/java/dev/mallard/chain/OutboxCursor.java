package dev.mallard.chain;

import dev.mallard.stake.Hash32;

/**
 * How far a stream's Outbox has been read and proved ([OUT-2]).
 *
 * @param block the last finalized block that was read
 * @param count entries up to and including that block
 * @param acc the accumulator after them, {@link Hash32#ZERO} for none
 */
public record OutboxCursor(BlockRef block, long count, Hash32 acc) {}
