package dev.mallard.chain;

import dev.mallard.stake.Hash32;

/**
 * A block's header as far as the bridge needs it.
 *
 * @param timestampSeconds what the chain says, seconds since 1970
 */
public record BlockHead(BlockRef ref, Hash32 parentHash, long timestampSeconds) {}
