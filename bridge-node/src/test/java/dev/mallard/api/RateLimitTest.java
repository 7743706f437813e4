package dev.mallard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong clock = new AtomicLong(-5 * SECOND);
  private final RateLimit limit =
      new RateLimit(new ApiLimits(8, 1, 100, 100, 2, 3, 2, 4, 2), clock::get);

  @Test
  void aBurstIsServedAndThenTheRate() {
    assertEquals(3, served("a", 10));
    clock.addAndGet(SECOND);
    assertEquals(2, served("a", 10));
    clock.addAndGet(100 * SECOND);
    assertEquals(3, served("a", 10), "unused rate does not add up beyond the burst");
  }

  private int served(String client, int requests) {
    int served = 0;
    for (int i = 0; i < requests; i++) {
      served += limit.isWithin(client) ? 1 : 0;
    }
    return served;
  }

  @Test
  void oneClientDoesNotUseUpAnothersRate() {
    assertEquals(3, served("a", 5));
    assertTrue(limit.isWithin("b"));
    assertFalse(limit.isWithin("a"));
  }

  @Test
  @Tag("G-4")
  void noMoreClientsAreRememberedThanTheLimit() {
    for (int i = 0; i < 100; i++) {
      limit.isWithin("client " + i);
    }
    assertEquals(2, limit.clients());
  }
}
