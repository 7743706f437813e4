package dev.mallard.c3b;

import dev.mallard.c3b.ack.AckProof;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import java.util.List;

/**
 * Everything that can happen to a stream's replica. Inputs of a {@link Sender} come to the source
 * side of a stream, those of a {@link Receiver} to its destination side. The time of an input is
 * handed over beside it: milliseconds of any clock that never goes back.
 */
public sealed interface Input {
  /** What the source side of a stream takes. */
  sealed interface Sender extends Input {}

  /** What the destination side of a stream takes. */
  sealed interface Receiver extends Input {}

  /**
   * Time has passed; owed at least every {@code C3bParameters.tickMillis} while anything is
   * outstanding.
   */
  record Tick() implements Sender, Receiver {}

  /** The next bundle in order has its certificate ([CERT-2]). */
  record BundleCertified(CertifiedBundle bundle) implements Sender {}

  /**
   * A replica of the destination acknowledged; its signature has been verified ([ACK-1]).
   *
   * @param replica index in the destination's stake table
   * @param cumulative p: it holds every bundle up to it
   * @param crossing the last bundle that came to it straight from the source, unsigned ([LOSS-1])
   */
  record AckArrived(
      int replica, long cumulative, PhiList phi, LastCrossing crossing, AckProof proof)
      implements Sender {}

  /** A bundle arrived: unbelieved. */
  record BundleOffered(Origin origin, OfferedBundle bundle) implements Receiver {}

  /** The verifier passed a bundle that {@link Effect.VerifyBundle} named. */
  record BundleVerified(Origin origin, CertifiedBundle bundle) implements Receiver {}

  /** The verifier turned a bundle down. */
  record BundleRefused(Origin origin, OfferedBundle bundle, PeerFault fault) implements Receiver {}

  /** These bundles are durable: the fsync has returned ([RECV-3]). */
  record BundlesJournaled(List<CertifiedBundle> bundles) implements Receiver {
    public BundlesJournaled {
      bundles = List.copyOf(bundles);
    }
  }

  /**
   * A replica of the source told how far it is ([SEND-3]); rides on every frame.
   *
   * @param replica index in the source's stake table
   * @param top the highest bundle it knows to be certified
   * @param quacked the highest cumulatively quacked one
   */
  record Announced(int replica, long top, long quacked) implements Receiver {}

  /**
   * The local chain's Inbox has accepted bundles up to a number ([GC-3]).
   *
   * @param sequence at the finalized block
   * @param count entries accepted up to that bundle
   */
  record InboxFinalized(long sequence, long count) implements Receiver {}

  /** A local peer asks for bundles that it misses ([GC-2]). */
  record FetchAsked(int replica, long from, int count) implements Receiver {}
}
