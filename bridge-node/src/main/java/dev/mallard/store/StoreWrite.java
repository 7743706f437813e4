package dev.mallard.store;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.Map;

/** One change of what is kept. Changes that belong together are committed in one batch. */
public sealed interface StoreWrite {
  /** The stream it is about. */
  StreamId stream();

  /**
   * How far the Outbox was read.
   *
   * @param lastSequence number of the last bundle built up to the cursor
   */
  record Cursor(StreamId stream, OutboxCursor cursor, long lastSequence) implements StoreWrite {}

  /** An own bundle, built and about to be attested; without its certificate. */
  record Outbound(BundleHeader header, BundleBody body) implements StoreWrite {
    @Override
    public StreamId stream() {
      return header.stream();
    }
  }

  /** The certificate of an own bundle. */
  record OutboundCertified(Certificate certificate) implements StoreWrite {
    @Override
    public StreamId stream() {
      return certificate.attestation().stream();
    }
  }

  /**
   * The highest attestation this replica ever signs, durable before its signature leaves
   * ([CERT-1]).
   */
  record HighWater(Attestation attestation) implements StoreWrite {
    @Override
    public StreamId stream() {
      return attestation.stream();
    }
  }

  /**
   * The cumulative quack frontier and the acks behind it ([QUACK-2]); drops outbound bundles up to
   * it ([GC-1]).
   */
  record QuackFrontier(StreamId stream, long quacked, Map<Integer, SignedAck> acks)
      implements StoreWrite {
    public QuackFrontier {
      acks = Map.copyOf(acks);
    }
  }

  /** A verified bundle from the other RSM ([RECV-2]). */
  record Inbound(CertifiedBundle bundle) implements StoreWrite {
    @Override
    public StreamId stream() {
      return bundle.header().stream();
    }
  }

  /**
   * What the local Inbox has executed at a finalized block ([GC-3]).
   *
   * @param count entries executed up to that bundle
   */
  record InboundExecuted(StreamId stream, long sequence, long count) implements StoreWrite {}

  /** Drops inbound bundles up to a number ([GC-1]). */
  record InboundDropped(StreamId stream, long sequence) implements StoreWrite {}

  /**
   * A stake table of either RSM of a stream; kept by RSM and epoch, so that a node can start before
   * its chain answers.
   */
  record Stakes(StreamId stream, StakeTable table) implements StoreWrite {}

  /**
   * Proof that a replica lied: two valid attestations for one count ([CERT-3]). The newest of each
   * replica is kept, so that the table bounds how many there are.
   *
   * @param replica index in the source's stake table of the attestations' epoch
   */
  record Evidence(StreamId stream, int replica, SignedAttestation one, SignedAttestation other)
      implements StoreWrite {}
}
