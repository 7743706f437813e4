package dev.mallard.c3b;

import dev.mallard.c3b.ack.AckProof;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import java.util.Map;

/**
 * What a replica wants done. Effects are carried out in order. What must wait for the disk is not
 * emitted before the input that reports durability ({@link Input.BundlesJournaled}), so a runtime
 * cannot get the order wrong.
 */
public sealed interface Effect {
  // --- source side ---

  /**
   * Send a bundle to a replica of the destination ([SEND-1]).
   *
   * @param round 0 for the scheduled crossing, i for the i-th resend round ([SCHED-3])
   * @param quacked to ride along ([SEND-3])
   */
  record SendBundle(int receiver, CertifiedBundle bundle, int round, long top, long quacked)
      implements Effect {}

  /**
   * Tell a replica of the destination how far this one is; it answers with an acknowledgement
   * ([SEND-3]).
   */
  record SendAnnounce(int receiver, long top, long quacked) implements Effect {}

  /**
   * Everything up to {@code quacked} is cumulatively quacked: make the frontier durable and drop
   * outbound state ([GC-1]).
   *
   * @param proofs the newest signed acks of the replicas behind it, by index: the quack certificate
   *     ([QUACK-2])
   */
  record QuackAdvanced(long quacked, Map<Integer, AckProof> proofs) implements Effect {
    public QuackAdvanced {
      proofs = Map.copyOf(proofs);
    }
  }

  /**
   * A single bundle, perhaps beyond the cumulative frontier, has a quack ([QUACK-1]); for status
   * and metrics.
   */
  record BundleQuacked(long sequence) implements Effect {}

  /** A complaint quorum opened a resend round ([LOSS-2]); for metrics. */
  record RoundOpened(long sequence, int round) implements Effect {}

  /**
   * The window is full (closed) or has room again (open): pause or resume reading the chain
   * ([SEND-2]).
   */
  record IntakeChanged(boolean open) implements Effect {}

  // --- destination side ---

  /**
   * Check hash chain and certificate off the loop, then answer BundleVerified or BundleRefused
   * ([RECV-1]).
   */
  record VerifyBundle(Origin origin, OfferedBundle bundle) implements Effect {}

  /** Make durable, then answer BundlesJournaled ([RECV-3]). */
  record JournalBundle(CertifiedBundle bundle) implements Effect {}

  /** Send to every local peer ([RECV-2]). */
  record BroadcastBundle(CertifiedBundle bundle) implements Effect {}

  /**
   * Sign and send an acknowledgement to a replica of the source ([ACK-1], [ACK-2]).
   *
   * @param crossing the last bundle that came straight from the source ([LOSS-1])
   */
  record SendAck(int receiver, long cumulative, PhiList phi, LastCrossing crossing)
      implements Effect {}

  /** Ask a local peer for bundles {@code from .. from+count-1} ([GC-2]). */
  record FetchBundles(int replica, long from, int count) implements Effect {}

  /**
   * Send a local peer those of {@code from .. from+count-1} that are held, from the store ([GC-2]).
   */
  record ServeBundles(int replica, long from, int count) implements Effect {}

  /** Bundles up to here are held without a gap: delivery may submit them ([DLV-1]). */
  record HeldAdvanced(long sequence) implements Effect {}

  /**
   * Inbound state up to here is executed at a finalized block: drop it once retention has passed
   * ([GC-1]).
   */
  record InboundExecuted(long sequence) implements Effect {}

  /** Something a peer sent was turned down ([RECV-1]). */
  record PeerFaulted(Origin origin, PeerFault fault) implements Effect {}
}
