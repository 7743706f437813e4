package dev.mallard.replica;

import dev.mallard.c3b.PeerFault;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignerCheck;
import dev.mallard.stake.StakeTable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Verifies the signatures of acks, each once: a replica that repeats what it said before is known
 * by the authenticated channel ([ACK-1]). Any thread.
 */
final class AckCheck {
  private final StakeTable destination;
  private final SignerCheck signers;
  private final AckDigest digests;
  private final Workers workers;
  private final PeerFaults faults;
  private final Topology topology;
  private final AtomicReferenceArray<SignedAck> verified;

  AckCheck(
      StakeTable destination,
      SignerCheck signers,
      AckDigest digests,
      Workers workers,
      PeerFaults faults,
      Topology topology) {
    this.destination = destination;
    this.signers = signers;
    this.digests = digests;
    this.workers = workers;
    this.faults = faults;
    this.topology = topology;
    this.verified = new AtomicReferenceArray<>(destination.size());
  }

  /** Whether the ack was taken; then the verdict follows, perhaps at once. */
  boolean check(int replica, SignedAck ack, Consumer<Boolean> verdict) {
    if (ack.equals(verified.get(replica))) {
      verdict.accept(true);
      return true;
    }
    return workers.offer(() -> verdict.accept(verify(replica, ack)), () -> verdict.accept(false));
  }

  private boolean verify(int replica, SignedAck ack) {
    boolean valid =
        ack.epoch().equals(destination.epoch())
            && signers.isSignedBy(
                replica, digests.of(ack.stream(), ack.epoch(), ack.cumulative()), ack.signature());
    if (valid) {
      verified.set(replica, ack);
    } else {
      faults.count(topology.remote(replica), PeerFault.BAD_SIGNATURE);
    }
    return valid;
  }
}
