package dev.mallard.c3b;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.harness.Probe;
import dev.mallard.c3b.harness.ReceiverProbe;
import dev.mallard.c3b.harness.SenderProbe;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether a description leaves nothing out that matters ({@link StateSink}): two cores see the same
 * but for an event or two; from the moment when both are described alike they must do the same for
 * ever. Whoever adds a field to the core and forgets to describe it is told so here.
 */
final class DescribedStatesTest {
  private static final int PAIRS = 6_000;
  private static final int EVENTS = 60;

  @Test
  void receiversDescribedAlikeBehaveAlike() {
    assertAlike(ReceiverProbe::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 400})
  void sendersDescribedAlikeBehaveAlike(int longestTimeout) {
    assertAlike(() -> new SenderProbe(longestTimeout));
  }

  private static void assertAlike(Supplier<Probe> probes) {
    SplittableRandom dice = new SplittableRandom(1);
    int compared = 0;
    for (int i = 0; i < PAIRS; i++) {
      List<Long> events = dice.longs(EVENTS).boxed().toList();
      int at = dice.nextInt(EVENTS - 2);
      List<Long> instead = instead(dice, events.subList(at, at + 2));
      Probe one = probes.get();
      Probe two = probes.get();
      for (int k = 0; k < at; k++) {
        one.take(events.get(k));
        two.take(events.get(k));
      }
      one.take(events.get(at));
      one.take(events.get(at + 1));
      instead.forEach(two::take);
      compared += compare(one, two, events, at, instead);
    }
    assertTrue(compared > PAIRS, "hardly anything was compared: " + compared);
  }

  /** Two events in other order, only one of them, one of them twice, or something else. */
  private static List<Long> instead(SplittableRandom dice, List<Long> events) {
    return switch (dice.nextInt(5)) {
      case 0 -> List.of(events.get(1), events.get(0));
      case 1 -> List.of(events.get(0));
      case 2 -> List.of(events.get(0), events.get(1), events.get(1));
      case 3 -> List.of(events.get(0), dice.nextLong(), events.get(1));
      default -> List.of(dice.nextLong(), events.get(1));
    };
  }

  /**
   * Lets the same happen to both.
   *
   * @return how many events both were described alike before
   */
  private static int compare(Probe one, Probe two, List<Long> events, int at, List<Long> instead) {
    int compared = 0;
    boolean isAlike = false;
    for (int k = at + 2; k < events.size(); k++) {
      List<Object> before = one.describe();
      isAlike = isAlike || before.equals(two.describe());
      List<Object> effects = one.take(events.get(k));
      List<Object> others = two.take(events.get(k));
      if (isAlike) {
        assertEquals(
            effects, others, () -> events + ", but at " + at + " " + instead + ": from " + before);
        assertEquals(one.describe(), two.describe(), () -> "after " + effects + " from " + before);
        compared++;
      }
    }
    return compared;
  }
}
