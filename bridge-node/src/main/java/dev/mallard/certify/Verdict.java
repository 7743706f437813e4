package dev.mallard.certify;

import dev.mallard.c3b.PeerFault;

/** What a verifier says of something untrusted. */
public sealed interface Verdict<T> {
  /** Every check passed: {@code value} may be believed. */
  record Verified<T>(T value) implements Verdict<T> {}

  /** The first check that failed. */
  record Refused<T>(PeerFault fault) implements Verdict<T> {}
}
