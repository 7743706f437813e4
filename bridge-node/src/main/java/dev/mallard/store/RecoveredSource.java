package dev.mallard.store;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.SignedAck;
import dev.mallard.chain.OutboxCursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source side of a stream as the disk remembers it; its size follows what is unquacked
 * ([CATCH-1]).
 *
 * @param cursor empty when nothing was ever read
 * @param outbound unquacked own bundles in order, with their certificates where those were formed
 */
public record RecoveredSource(
    Optional<OutboxCursor> cursor,
    long lastSequence,
    Optional<Attestation> highWater,
    long quacked,
    Map<Integer, SignedAck> acks,
    List<Outbound> outbound) {
  public RecoveredSource {
    acks = Map.copyOf(acks);
    outbound = List.copyOf(outbound);
  }

  /** One own bundle. */
  public record Outbound(BundleHeader header, BundleBody body, Optional<Certificate> certificate) {}
}
