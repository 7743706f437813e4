package dev.mallard.replica;

import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.net.PeerTransport;
import dev.mallard.store.Journal;
import dev.mallard.store.MessageIndex;

/**
 * What a replica needs of the world.
 *
 * @param loops where its state machines run
 * @param workers for signatures and disk reads
 * @param deliveryWorkers for calls to the chain that bring deliveries in
 * @param index for people; no guarantee depends on it
 * @param wakeReader run when there is room to read the Outbox again ([SEND-2])
 */
public record ReplicaPorts(
    StreamLoop.Factory loops,
    Workers workers,
    Workers deliveryWorkers,
    PeerTransport peers,
    Journal journal,
    MessageIndex index,
    DeliverySubmitter submitter,
    BridgeKey key,
    SignatureScheme scheme,
    PeerFaults faults,
    Runnable wakeReader) {

  /** The same with other loops. */
  public ReplicaPorts with(StreamLoop.Factory other) {
    return new ReplicaPorts(
        other,
        workers,
        deliveryWorkers,
        peers,
        journal,
        index,
        submitter,
        key,
        scheme,
        faults,
        wakeReader);
  }

  /** The same with another way to the peers. */
  public ReplicaPorts with(PeerTransport other) {
    return new ReplicaPorts(
        loops,
        workers,
        deliveryWorkers,
        other,
        journal,
        index,
        submitter,
        key,
        scheme,
        faults,
        wakeReader);
  }

  /** The same with another disk. */
  public ReplicaPorts with(Journal other) {
    return new ReplicaPorts(
        loops,
        workers,
        deliveryWorkers,
        peers,
        other,
        index,
        submitter,
        key,
        scheme,
        faults,
        wakeReader);
  }

  /** The same with other signatures. */
  public ReplicaPorts with(SignatureScheme other) {
    return new ReplicaPorts(
        loops,
        workers,
        deliveryWorkers,
        peers,
        journal,
        index,
        submitter,
        key,
        other,
        faults,
        wakeReader);
  }
}
