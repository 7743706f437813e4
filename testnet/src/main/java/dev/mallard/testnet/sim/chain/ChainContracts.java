package dev.mallard.testnet.sim.chain;

/** What runs on a chain, replaceable by planted faults. */
public record ChainContracts(InboxRules rules, Application application) {}
