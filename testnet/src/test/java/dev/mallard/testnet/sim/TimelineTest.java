package dev.mallard.testnet.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private record Told(long at, long order) {}

  private final Timeline time = new Timeline();
  private final List<Told> happened = new ArrayList<>();
  private final Random random = new Random(4);
  private long scheduled;

  private void schedule(long delay) {
    Told told = new Told(time.now() + delay, scheduled++);
    time.after(
        delay,
        () -> {
          assertEquals(told.at(), time.now());
          happened.add(told);
          if (scheduled < 20_000) {
            schedule(random.nextInt(random.nextBoolean() ? 3 : 3_000));
          }
        });
  }

  @Test
  void eventsHappenByTimeAndThenByOrderOfSchedulingNearOrFar() {
    for (int i = 0; i < 200; i++) {
      schedule(random.nextInt(3_000));
    }
    while (time.advance(Long.MAX_VALUE - 1)) {
      // on to the next
    }
    assertEquals(scheduled, happened.size());
    assertEquals(
        happened.stream()
            .sorted(Comparator.comparingLong(Told::at).thenComparingLong(Told::order))
            .toList(),
        happened);
  }

  @Test
  void timeGoesNoFurtherThanIsAskedFor() {
    time.after(10, () -> {});
    time.after(5_000, () -> {});
    assertFalse(time.advance(9));
    assertEquals(9, time.now());
    assertTrue(time.advance(10));
    assertFalse(time.advance(4_999));
    assertEquals(4_999, time.now());
    assertTrue(time.advance(5_000));
  }

  @Test
  void nothingHappensInThePast() {
    assertThrows(IllegalArgumentException.class, () -> time.after(-1, () -> {}));
  }
}
