package dev.mallard.chain;

/**
 * The newest block and the newest finalized one, read in that order of staleness: {@code finalized
 * <= latest}.
 */
public record ChainHeads(BlockHead latest, BlockHead finalized) {}
