package dev.mallard.api;

import dev.mallard.store.MessageQuery;
import java.util.Locale;

/**
 * What REST clients may use ([G-4]).
 *
 * @param connectionsMax open at once; one more is closed at once
 * @param idleSecondsMax a connection without a complete request for so long is closed, however
 *     slowly it talks
 * @param requestLineBytesMax method, URL and version
 * @param headerBytesMax all headers together
 * @param requestsPerSecond of one client address, in the long run
 * @param requestsBurst of one client address, at once
 * @param clientsMax addresses whose rate is remembered; the one not seen for longest is forgotten
 *     first
 * @param readsWaitingMax index reads that wait or run; one more is answered 503
 * @param readThreads that serve them
 */
public record ApiLimits(
    int connectionsMax,
    int idleSecondsMax,
    int requestLineBytesMax,
    int headerBytesMax,
    int requestsPerSecond,
    int requestsBurst,
    int clientsMax,
    int readsWaitingMax,
    int readThreads) {
  /** Rows of a page when a client does not say. */
  static final int PAGE_ROWS = 50;

  /** Rows of a page at the most. */
  static final int PAGE_ROWS_MAX = MessageQuery.LIMIT_MAX;

  /** Good for a person, a dashboard and a scraper. */
  public static ApiLimits defaults() {
    return new ApiLimits(256, 30, 2_048, 8_192, 200, 400, 4_096, 64, 2);
  }

  public ApiLimits {
    checkPositive("connectionsMax", connectionsMax);
    checkPositive("idleSecondsMax", idleSecondsMax);
    checkPositive("requestLineBytesMax", requestLineBytesMax);
    checkPositive("headerBytesMax", headerBytesMax);
    checkPositive("requestsPerSecond", requestsPerSecond);
    checkPositive("clientsMax", clientsMax);
    checkPositive("readThreads", readThreads);
    if (requestsBurst < requestsPerSecond) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "requestsBurst %d < requestsPerSecond %d: the rate could never be reached",
              requestsBurst,
              requestsPerSecond));
    }
    if (readsWaitingMax < readThreads) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "readsWaitingMax %d < readThreads %d: threads would have nothing to do",
              readsWaitingMax,
              readThreads));
    }
  }

  private static void checkPositive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", must be positive");
    }
  }
}
