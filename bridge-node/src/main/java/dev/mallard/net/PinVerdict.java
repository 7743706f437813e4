package dev.mallard.net;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import java.time.Instant;

/** Whom a certificate stands for. */
sealed interface PinVerdict {
  /** A peer of the table. */
  record Known(ReplicaId peer) implements PinVerdict {}

  /** Nobody: the key is in no peer's pin. */
  record Stranger(Hash32 key) implements PinVerdict {
    String reason() {
      return "TLS key " + key + " belongs to no known peer; add it to the stake table or the file";
    }
  }

  /** A peer, with a certificate that is not valid now. */
  record OutOfDate(ReplicaId peer, Instant from, Instant until) implements PinVerdict {
    String reason() {
      return "the certificate of "
          + peer
          + " is valid from "
          + from
          + " to "
          + until
          + " only; it needs a new one, or a clock is wrong";
    }
  }
}
