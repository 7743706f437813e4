package dev.mallard.c3b.receive;

import dev.mallard.c3b.PeerFault;

/** What to do with an offered bundle, as far as its header tells ([RECV-1]). */
public sealed interface OfferVerdict {
  /** Verify it. */
  record Wanted() implements OfferVerdict {}

  /** It is held already. */
  record Held() implements OfferVerdict {}

  /**
   * Nothing is wrong with it, but there is no place for it: this replica lags, or its own chain
   * does.
   */
  record Useless() implements OfferVerdict {}

  /** No correct peer would have sent it. */
  record False(PeerFault fault) implements OfferVerdict {}
}
