package dev.mallard.c3b.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fault-free networks whose delay changes, with the real sender and receiver under the node's own
 * parameters: fewer than one bundle in a thousand may be sent again ([LOSS-1]).
 */
final class DelayProcessTest {
  private static final StakeTable SOURCE = Tables.bft(1, 40, 30, 20, 10);
  private static final StakeTable DESTINATION = Tables.bft(2, 25, 25, 25, 25);
  private static final int BUNDLES = 500;
  private static final int STRAGGLERS_BUNDLES = 1_000;
  private static final int SETTLED = STRAGGLERS_BUNDLES / 2;

  /** What is under way, or follows before the first late copy has been heard of. */
  private static final int LEARNING_RESENDS_MAX = 20;

  private static final long CHANGES_AT = 10_000;
  private static final long QUICK_MILLIS = 20;
  private static final long STRAGGLING_MILLIS = 2_000;

  /** Long enough for each time-out to have settled on quick delays before any of them changes. */
  enum DelayChange implements Network.Delays {
    BECOMES_SLOW {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return now < CHANGES_AT ? QUICK_MILLIS : 1_800 + random.nextInt(400);
      }
    },
    BECOMES_ERRATIC {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return now < CHANGES_AT ? QUICK_MILLIS : random.nextInt(1_500);
      }
    },
    TAKES_TURNS {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return now / (CHANGES_AT / 2) % 2 == 0 ? QUICK_MILLIS : 1_000;
      }
    },
    HAS_A_SLOW_SENDER {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return isOf("s1", from, to) ? 1_500 : QUICK_MILLIS;
      }
    },
    IS_UNIFORM_AND_WIDE {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return random.nextInt(2_000);
      }
    }
  }

  /** One replica or one link is slower than all others: its bundles are overtaken by theirs. */
  enum Straggler implements Network.Delays {
    A_SENDER {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return isOf("s1", from, to) ? STRAGGLING_MILLIS : QUICK_MILLIS;
      }
    },
    A_SENDER_THAT_BECOMES_ONE {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return isOf("s1", from, to) && now > CHANGES_AT ? STRAGGLING_MILLIS : QUICK_MILLIS;
      }
    },
    A_SENDER_NEAR_THE_LIMIT {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return isOf("s1", from, to) ? 2_600 : QUICK_MILLIS;
      }
    },
    A_RECEIVER {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return isOf("d1", from, to) ? STRAGGLING_MILLIS : QUICK_MILLIS;
      }
    },
    A_RECEIVER_THAT_BECOMES_ONE {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return isOf("d1", from, to) && now > CHANGES_AT ? STRAGGLING_MILLIS : QUICK_MILLIS;
      }
    },
    A_LINK {
      @Override
      public long millis(String from, String to, long now, Random random) {
        return from.equals("s0") && to.equals("d2") ? STRAGGLING_MILLIS : QUICK_MILLIS;
      }
    },
    A_SENDER_AND_A_RECEIVER {
      @Override
      public long millis(String from, String to, long now, Random random) {
        boolean isSlow = isOf("s1", from, to) || isOf("d1", from, to);
        return isSlow ? STRAGGLING_MILLIS : QUICK_MILLIS;
      }
    }
  }

  private static boolean isOf(String replica, String from, String to) {
    return from.equals(replica) || to.equals(replica);
  }

  private static RunPlan plan(int bundles, int gapMillis) {
    return new RunPlan(
        gapMillis,
        SOURCE,
        DESTINATION,
        C3bParameters.defaults(),
        bundles,
        gapMillis,
        30,
        new Network.Weather(2, 30, 0, 0),
        List.of(),
        List.of(),
        Set.of(),
        Map.of(),
        Map.of(),
        0,
        false,
        8,
        200);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("LOSS-1")
  @Tag("G-5")
  void aDelayThatChangesIsNoLoss(DelayChange change) {
    int resends = 0;
    int bundles = 0;
    for (int gapMillis : List.of(50, 200)) {
      Report report = Simulation.run(plan(BUNDLES, gapMillis), change).report();
      resends += report.resends();
      bundles += BUNDLES;
    }
    assertTrue(1_000 * resends < bundles, resends + " resends of " + bundles + " bundles");
  }

  /**
   * What a straggler takes is learnt from what it delivers, late or not; then nothing is resent.
   */
  @ParameterizedTest
  @EnumSource
  @Tag("LOSS-1")
  @Tag("G-5")
  void aStragglerIsNotTakenForOneThatIsDown(Straggler straggler) {
    for (int gapMillis : List.of(50, 200)) {
      Report report = Simulation.run(plan(STRAGGLERS_BUNDLES, gapMillis), straggler).report();
      int settled = report.resendsBeyond(SETTLED);
      int learning = report.resends() - settled;
      assertTrue(learning <= LEARNING_RESENDS_MAX, learning + " resends until it was known");
      assertTrue(1_000 * settled < STRAGGLERS_BUNDLES - SETTLED, settled + " resends since");
    }
  }
}
