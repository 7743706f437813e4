package dev.mallard.testnet.sim;

/**
 * How slow machines are: each piece of work takes up to so long. Zero means at once.
 *
 * @param lagMillis until a loop begins what was handed to it
 * @param workMillis signatures and disk reads
 * @param fsyncMillis a group commit
 * @param rpcMillis a call to the chain
 */
public record MachinePlan(int lagMillis, int workMillis, int fsyncMillis, int rpcMillis) {}
