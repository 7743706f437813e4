package dev.mallard.certify;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Certificates of late, kept for local peers who lag, and how often each peer gets one. */
final class CertificateReplies {
  private final CertifierLimits limits;
  private final NavigableMap<Long, Recent> recent = new TreeMap<>();
  private final Map<Integer, Budget> budgets = new HashMap<>();

  CertificateReplies(CertifierLimits limits) {
    this.limits = limits;
  }

  /** A bundle of late; one that was quacked before it was certified has no certificate to offer. */
  private record Recent(Attestation attestation, Optional<Certificate> certificate, long since) {}

  /** What one peer got in the running period. */
  private static final class Budget {
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();

    private record Sent(long sequence, long at) {}

    boolean take(long sequence, long now, CertifierLimits limits) {
      Iterator<Sent> oldest = sent.iterator();
      while (oldest.hasNext() && oldest.next().at <= now - limits.replyMillis()) {
        oldest.remove();
      }
      if (sent.size() >= limits.repliesMax()
          || sent.stream().anyMatch(s -> s.sequence == sequence)) {
        return false;
      }
      sent.add(new Sent(sequence, now));
      return true;
    }
  }

  /**
   * Keeps a settled bundle's certificate; the oldest bundle goes when there are too many, and is
   * returned.
   */
  Optional<Attestation> keep(Attestation attestation, Optional<Certificate> certificate, long now) {
    recent.put(attestation.sequence(), new Recent(attestation, certificate, now));
    return recent.size() > limits.recentMax()
        ? Optional.of(recent.pollFirstEntry().getValue().attestation)
        : Optional.empty();
  }

  /**
   * The certificate to send to a peer who attests a certified bundle: only if it asks again or is
   * late, since in the common case the attestation that arrives after the quorum was complete needs
   * no answer.
   */
  Optional<Certificate> replyTo(
      int replica, Attestation attestation, boolean isRepeated, long now) {
    Recent known = recent.get(attestation.sequence());
    if (known == null || known.certificate.isEmpty() || !known.attestation.equals(attestation)) {
      return Optional.empty();
    }
    boolean isLagging = isRepeated || now - known.since >= limits.lateMillis();
    return isLagging
            && budgets
                .computeIfAbsent(replica, key -> new Budget())
                .take(attestation.sequence(), now, limits)
        ? known.certificate
        : Optional.empty();
  }

  int size() {
    return recent.size();
  }
}
