package dev.mallard.testnet.demo;

/**
 * One node at the end.
 *
 * @param ready whether {@code /health/ready} said 200
 * @param unready what it complained of; empty if ready
 * @param killed whether the script killed it
 * @param caughtUp whether it holds and has seen executed what the others have
 * @param rssMiB resident memory; −1 where the system does not tell
 * @param cpuSeconds used since its (last) start; −1 where the system does not tell
 */
public record NodeEvidence(
    String name,
    String restUrl,
    boolean ready,
    String unready,
    boolean killed,
    boolean caughtUp,
    long rssMiB,
    double cpuSeconds) {}
