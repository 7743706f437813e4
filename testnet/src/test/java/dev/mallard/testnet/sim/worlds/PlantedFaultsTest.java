package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Small worlds can fail: replicas that are handed a wrong value or port are found out. */
final class PlantedFaultsTest {
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1_000_000, 40, 2);

  private static Story find(String world, Manner manner, Ports ports) {
    WorldReport report =
        SmallWorlds.explore(
            SmallWorlds.named(world), ports, manner, LIMITS, (place, m, depth, n, next) -> {});
    assertTrue(report.story().isPresent(), () -> "not caught: " + report);
    return report.story().orElseThrow();
  }

  private static void assertBreaks(String clause, Story story) {
    assertTrue(story.breach().startsWith(clause), story::toString);
    assertTrue(!story.lines().isEmpty(), story::toString);
  }

  private static StakeTable with(StakeTable table, long u, long r) {
    return new StakeTable(
        table.rsm(), table.epoch(), table.validators(), new FaultModel(Stake.of(u), Stake.of(r)));
  }

  @Test
  @Tag("QUACK-1")
  void oneAckIsNoQuackAmongThreeThatMayCrash() {
    Ports ports =
        new Ports() {
          @Override
          public StakeTable destination(StakeTable table) {
            return with(table, 0, 0);
          }
        };
    assertBreaks("[QUACK-1]", find("cft-3-3", Manner.SURPRISES, ports));
  }

  @Test
  @Tag("QUACK-1")
  void theLiarsAckAloneIsNoQuack() {
    Ports ports =
        new Ports() {
          @Override
          public StakeTable destination(StakeTable table) {
            return with(table, 0, 0);
          }
        };
    Story story = find("bft-1-4", Manner.EVENTS, ports);
    assertBreaks("[QUACK-1]", story);
    assertEquals(
        List.of(
            "  1  s0 gets the liar's ack \"all up to 2^62\"; it has a quack up to 2^62 and forgets what"
                + " it covers"),
        story.lines());
  }

  @Test
  @Tag("G-3")
  @Tag("RECV-3")
  void aJournalThatReportsBeforeTheSyncIsCaught() {
    Ports ports =
        new Ports() {
          @Override
          public List<CertifiedBundle> reportedAtOnce(CertifiedBundle handed) {
            return List.of(handed);
          }
        };
    assertBreaks("[G-3]", find("cft-1-1", Manner.EVENTS, ports));
  }

  @Test
  @Tag("GC-1")
  void aDiskThatForgetsOnOneAckIsCaught() {
    Ports ports =
        new Ports() {
          @Override
          public long forgettable(long acknowledged, long quacked) {
            return Math.max(acknowledged, quacked);
          }
        };
    assertBreaks("[GC-1]", find("cft-3-3", Manner.SURPRISES, ports));
  }

  @Test
  @Tag("G-2")
  @Tag("CATCH-1")
  void aSenderThatForgetsWhatWasUnderWayWhenItRestartsIsCaught() {
    Ports ports =
        new Ports() {
          @Override
          public List<CertifiedBundle> recovered(List<CertifiedBundle> outbound) {
            return List.of();
          }
        };
    World one = SmallWorlds.named("cft-1-1").carrying(1);
    WorldReport report =
        SmallWorlds.explore(one, ports, Manner.EVENTS, LIMITS, (place, m, depth, n, next) -> {});
    assertBreaks("[G-2]", report.story().orElseThrow());
  }

  @Test
  @Tag("G-1")
  @Tag("RECV-1")
  void aVerifierThatPassesEverythingIsCaught() {
    Ports ports =
        new Ports() {
          @Override
          public boolean isGenuine(OfferedBundle offered, WorldStream stream) {
            return true;
          }
        };
    assertBreaks("[G-1]", find("bft-4-1", Manner.EVENTS, ports));
  }

  @Test
  @Tag("ACK-1")
  void aPhiListThatIsOneOffIsCaught() {
    Ports ports =
        new Ports() {
          @Override
          public Effect.SendAck ack(Effect.SendAck asked) {
            int bits = asked.phi().length();
            return bits == 0
                ? asked
                : new Effect.SendAck(
                    asked.receiver(),
                    asked.cumulative(),
                    PhiList.of(new long[] {1}, bits),
                    asked.crossing());
          }
        };
    assertBreaks("[ACK-1]", find("cft-1-1", Manner.EVENTS, ports));
  }

  @Test
  @Tag("GC-2")
  void theLiarsAnnouncementAloneIsNotBelieved() {
    Ports ports =
        new Ports() {
          @Override
          public StakeTable source(StakeTable table) {
            return with(table, 1, 0);
          }
        };
    assertBreaks("[GC-2]", find("bft-4-1", Manner.EVENTS, ports));
  }

  @Test
  @Tag("LOSS-1")
  void theLiarsComplaintsAloneOpenNoRound() {
    Ports ports =
        new Ports() {
          @Override
          public StakeTable destination(StakeTable table) {
            return with(table, 1, 0);
          }
        };
    assertBreaks("[LOSS-1]", find("bft-1-4", Manner.SURPRISES, ports));
  }

  @Test
  @Tag("SEND-1")
  @Tag("SCHED-5")
  void aSenderWithAnotherStakeTableIsCaughtOutOfTurn() {
    Ports ports =
        new Ports() {
          @Override
          public StakeTable source(StakeTable table) {
            List<Validator> uneven =
                table.validators().stream()
                    .map(v -> new Validator(v.index(), v.key(), Stake.of(v.index() == 0 ? 4 : 1)))
                    .toList();
            return new StakeTable(table.rsm(), table.epoch(), uneven, table.faultModel());
          }
        };
    assertBreaks("[SEND-1]", find("cft-3-3", Manner.SURPRISES, ports));
  }
}
