/**
 * Chains of the simulator: blocks with finality and reorganisations, an Outbox and an Inbox by the
 * rules of the contracts, an application that moves value, and each replica's view of them with the
 * faults of an RPC. Virtual time, one thread, all chance from the generator handed in.
 */
@NullMarked
package dev.mallard.testnet.sim.chain;

import org.jspecify.annotations.NullMarked;
