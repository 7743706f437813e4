package dev.mallard.c3b.quack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mallard.c3b.harness.Tables;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class StakeFrontierPropertyTest {
  private static final StakeTable GRADED = Tables.bft(2, 40, 30, 20, 10); // u = r = 33

  @Property(tries = 300)
  @Tag("QUACK-1")
  void theFrontierIsTheHighestNumberThatEnoughStakeHasReached(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 79) Integer> reports) {
    StakeTable table = GRADED;
    Stake quack = new Quorum(table).quack();
    StakeFrontier frontier = new StakeFrontier(table, quack, 0);
    long[] highest = new long[table.size()];
    for (int report : reports) {
      int replica = report % 4;
      long value = report / 4;
      long before = frontier.frontier();
      boolean isMoved = frontier.raise(replica, value);
      highest[replica] = Math.max(highest[replica], value);
      assertEquals(byHand(table, quack, highest), frontier.frontier());
      assertEquals(isMoved, frontier.frontier() > before);
    }
  }

  private static long byHand(StakeTable table, Stake threshold, long[] values) {
    return LongStream.of(values)
        .filter(candidate -> {
          Stake reached = Stake.ZERO;
          for (int i = 0; i < values.length; i++) {
            reached = values[i] >= candidate ? reached.plus(table.stakeOf(i)) : reached;
          }
          return reached.isAtLeast(threshold);
        })
        .max()
        .orElse(0);
  }
}
