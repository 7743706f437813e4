package dev.mallard.testnet.sim;

/**
 * What clients send on each chain.
 *
 * @param transfers on each chain
 * @param gapMillis between two of them on the average
 * @param paddingBytesMax payload beyond what a transfer needs
 * @param failPermille transfers to recipients that refuse
 * @param deadlinePermille transfers whose deadline is short
 * @param probes transfers on each chain after the faults, which must arrive in time
 */
public record TrafficPlan(
    int transfers,
    int gapMillis,
    int paddingBytesMax,
    int failPermille,
    int deadlinePermille,
    int probes) {}
