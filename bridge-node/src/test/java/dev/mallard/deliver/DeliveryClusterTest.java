package dev.mallard.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.certify.Validators;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Replicas of one destination chain with one block a round; what is submitted in a block is mined
 * in the next.
 */
class DeliveryClusterTest {
  private static final int T = 4;
  private static final int BUNDLES = 30;

  @Property(tries = 200)
  @Tag("DLV-2")
  @Tag("G-5")
  void withoutFaultsOneTransactionCarriesABundle(
      @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 100) Integer> stakes,
      @ForAll long seed) {
    Chain chain = new Chain(table(stakes), Set.of(), seed);
    chain.run(BUNDLES * 3);
    assertEquals(BUNDLES, chain.accepted);
    assertEquals(0, chain.wasted);
  }

  @Property(tries = 200)
  @Tag("DLV-2")
  @Tag("G-2")
  void withUpToUStakeSilentEverythingIsDeliveredInBoundedTime(
      @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 100) Integer> stakes,
      @ForAll long seed) {
    StakeTable table = table(stakes);
    Set<Integer> silent = silent(table, seed);
    Chain chain = new Chain(table, silent, seed);
    chain.run(BUNDLES * (3 + T * (silent.size() + 1)));
    assertEquals(BUNDLES, chain.accepted, "silent " + silent);
    assertEquals(0, chain.wasted);
  }

  private static StakeTable table(List<Integer> stakes) {
    return Validators.ofDestination(
            Blocks.STREAM, stakes.stream().mapToLong(Integer::longValue).toArray())
        .table();
  }

  /** As many as u allows, in a random order. */
  private static Set<Integer> silent(StakeTable table, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      order.add(i);
    }
    java.util.Collections.shuffle(order, new Random(seed));
    Set<Integer> silent = new TreeSet<>();
    long left = table.faultModel().u().units().longValueExact();
    for (int i : order) {
      long stake = table.stakeOf(i).units().longValueExact();
      if (stake <= left) {
        silent.add(i);
        left -= stake;
      }
    }
    return silent;
  }

  private static final class Chain {
    private final List<DeliveryPlan> plans = new ArrayList<>();
    private final Set<Integer> silent;
    private final Random random;
    private long held;
    private long accepted;
    private int wasted;

    Chain(StakeTable table, Set<Integer> silent, long seed) {
      this.silent = silent;
      this.random = new Random(seed);
      DeliveryTurns turns = new DeliveryTurns(table, 64);
      for (int i = 0; i < table.size(); i++) {
        plans.add(new DeliveryPlan(turns, new DeliveryLimits(12_000_000, 256, T), i, 0, 0));
      }
    }

    private record Submitted(int replica, DeliveryPlan.Range range) {}

    void run(int blocks) {
      List<Submitted> pool = new ArrayList<>();
      for (int block = 1; block <= blocks && accepted < BUNDLES; block++) {
        mine(pool);
        held = Math.min(BUNDLES, held + random.nextInt(3));
        pool = submissions(block);
        assertTrue(pool.size() <= 1, "several replicas at once: " + pool);
      }
      mine(pool);
    }

    private void mine(List<Submitted> pool) {
      for (Submitted submitted : pool) {
        boolean isNew = submitted.range.from() == accepted + 1;
        wasted += isNew ? 0 : 1;
        // The limits of a transaction may cut it anywhere.
        accepted =
            isNew
                ? accepted + 1 + random.nextInt((int) (submitted.range.to() - accepted))
                : accepted;
        plans.get(submitted.replica).onSubmissionEnded(isNew);
      }
    }

    private List<Submitted> submissions(int block) {
      List<Submitted> made = new ArrayList<>();
      for (int i = 0; i < plans.size(); i++) {
        plans.get(i).onHeld(held);
        plans.get(i).onInbox(accepted, block);
        if (!silent.contains(i)) {
          int replica = i;
          plans.get(i).next().ifPresent(range -> made.add(new Submitted(replica, range)));
        }
      }
      return made;
    }
  }
}
