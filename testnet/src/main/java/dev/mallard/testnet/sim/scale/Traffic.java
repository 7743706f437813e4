package dev.mallard.testnet.sim.scale;

import dev.mallard.wire.MessageSize;
import dev.mallard.wire.PeerMessage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What went over the wire, in messages and in bytes as the node's encoder writes them. */
final class Traffic {
  /** What a message is for. */
  enum Kind {
    /** A bundle between the RSMs ([SEND-1]); its bytes are all but the entries. */
    CROSSING,
    /** A bundle between local peers ([RECV-2], [GC-2]); its bytes are all but the entries. */
    LOCAL_COPY,
    /** Acknowledgements with their phi-lists ([ACK-1]). */
    ACK,
    /** How far the source is, when no bundle says it ([SEND-3]). */
    ANNOUNCE,
    /** Between local peers of the source ([CERT-1]). */
    ATTESTATION,
    /** A certificate for a peer that asked ([CERT-2]). */
    CERTIFICATE,
    /** Asking a local peer ([GC-2]). */
    FETCH;

    /** As JSON names it. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Kind, long[]> counts = new EnumMap<>(Kind.class);
  private long resends;
  private long needlessResends;
  private int roundMax;

  /** A message went to so many peers. */
  void onSent(Kind kind, PeerMessage message, int copies) {
    long bytes = MessageSize.bytes(message);
    if (message instanceof PeerMessage.BundleMessage bundle) {
      bytes -= bundle.bundle().body().sizeBytes();
    }
    long[] count = counts.computeIfAbsent(kind, k -> new long[2]);
    count[0] += copies;
    count[1] += copies * bytes;
  }

  /**
   * A bundle crossed in a resend round.
   *
   * @param isNeedless whether somebody at the destination that is up has it already
   */
  void onResend(int round, boolean isNeedless) {
    resends++;
    roundMax = Math.max(roundMax, round);
    if (isNeedless) {
      needlessResends++;
    }
  }

  long messages(Kind kind) {
    return counts.getOrDefault(kind, new long[2])[0];
  }

  /** All but bundles' entries. */
  long bytes(Kind kind) {
    return counts.getOrDefault(kind, new long[2])[1];
  }

  /** All but bundles' entries. */
  long bytes() {
    return counts.values().stream().mapToLong(count -> count[1]).sum();
  }

  long resends() {
    return resends;
  }

  long needlessResends() {
    return needlessResends;
  }

  /** The highest resend round that was used. */
  int roundMax() {
    return roundMax;
  }
}
