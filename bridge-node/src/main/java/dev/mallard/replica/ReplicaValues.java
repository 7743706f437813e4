package dev.mallard.replica;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.StreamId;

/**
 * What a replica is and how it is set, as values.
 *
 * @param topology who stands on which side
 * @param localInbox the Inbox of the local chain, which incoming certificates are bound to
 * @param remoteInbox that of the other chain
 * @param payout whom fees of deliveries are credited to
 * @param retentionBundles executed bundles kept for peers that lag ([GC-1])
 */
public record ReplicaValues(
    Topology topology,
    C3bParameters c3b,
    DeliveryLimits delivery,
    BridgeAddress localInbox,
    BridgeAddress remoteInbox,
    BridgeAddress payout,
    int retentionBundles) {

  /** From the local chain to the other one. */
  public StreamId outgoing() {
    return new StreamId(topology.localTable().rsm(), topology.remoteTable().rsm());
  }

  /** From the other chain to the local one. */
  public StreamId incoming() {
    return outgoing().reverse();
  }
}
