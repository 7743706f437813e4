package dev.mallard.c3b.receive;

import dev.mallard.c3b.StateSink;
import java.util.Arrays;

/**
 * How often a local peer may be served ([GC-2], [G-4]): a correct one asks again only when an
 * answer came or its patience ended, which a bucket of a few requests always allows.
 */
public final class ServeBudget {
  /** Requests a peer may make in a burst. */
  public static final int BURST_REQUESTS = 8;

  private final long refillMillis;
  private final int[] tokens;
  private final long[] refilledAt;

  /**
   * @param refillMillis one more request each so often
   */
  public ServeBudget(int peers, long refillMillis) {
    this.refillMillis = refillMillis;
    this.tokens = new int[peers];
    this.refilledAt = new long[peers];
    Arrays.fill(tokens, BURST_REQUESTS);
  }

  /** Takes one request's worth, if the peer has it. */
  public boolean take(int peer, long now) {
    long earned = (now - refilledAt[peer]) / refillMillis;
    if (earned > 0) {
      tokens[peer] = (int) Math.min(BURST_REQUESTS, tokens[peer] + earned);
      refilledAt[peer] = now;
    }
    if (tokens[peer] == 0) {
      return false;
    }
    tokens[peer]--;
    return true;
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink, long now) {
    for (int i = 0; i < tokens.length; i++) {
      sink.put(tokens[i]);
      sink.putAge(now, refilledAt[i], Math.max(1, BURST_REQUESTS - tokens[i]) * refillMillis);
    }
  }
}
