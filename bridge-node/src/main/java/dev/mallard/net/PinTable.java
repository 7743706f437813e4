package dev.mallard.net;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may connect: TLS keys by their hash. */
final class PinTable {
  private final Map<Hash32, ReplicaId> peers = new HashMap<>();
  private final InstantSource clock;

  PinTable(List<PeerAddress> addresses, InstantSource clock) {
    this.clock = clock;
    for (PeerAddress address : addresses) {
      ReplicaId before = peers.put(address.tlsKey(), address.id());
      if (before != null) {
        throw new IllegalArgumentException(
            "peers "
                + before
                + " and "
                + address.id()
                + " have the same TLS key "
                + address.tlsKey()
                + ": each needs its own");
      }
    }
  }

  PinVerdict checkCertificate(X509Certificate certificate) {
    Hash32 key = TlsIdentity.publicKeyHash(certificate);
    ReplicaId peer = peers.get(key);
    if (peer == null) {
      return new PinVerdict.Stranger(key);
    }
    Instant now = clock.instant();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    return now.isBefore(from) || now.isAfter(until)
        ? new PinVerdict.OutOfDate(peer, from, until)
        : new PinVerdict.Known(peer);
  }
}
