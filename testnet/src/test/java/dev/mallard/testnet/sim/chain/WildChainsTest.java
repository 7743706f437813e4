package dev.mallard.testnet.sim.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.DeliverySubmitter;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Chains with every whim, a messenger that is not careful, and the books checked at each event. */
final class WildChainsTest {
  private static final ChainProfile WILD =
      ChainProfile.calm(TwoChains.BLOCK_MILLIS, 4).withReorgs(300, 4).withPool(100, 100, 200, 5);
  private static final int ROUNDS = 150;

  private static TwoChains run(long seed) throws ChainUnavailableException {
    TwoChains world = new TwoChains(WILD, seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      sendSome(world.left, random);
      sendSome(world.right, random);
      world.blocks(1);
      carry(world, world.left, world.right, random);
      carry(world, world.right, world.left, random);
    }
    settle(world, random);
    return world;
  }

  private static void sendSome(VirtualChain chain, Random random) {
    for (int i = random.nextInt(3); i > 0; i--) {
      long amount = random.nextInt(1000);
      int size = random.nextInt(64);
      chain.send(
          switch (random.nextInt(3)) {
            case 0 -> Transfers.reverting(amount, size);
            case 1 -> Transfers.expiring(amount, size, chain.nowSeconds() + random.nextInt(20));
            default -> Transfers.good(amount, size);
          });
    }
  }

  /** Any of four replicas; what comes before what is final is asked for again and again. */
  private static void carry(TwoChains world, VirtualChain from, VirtualChain to, Random random)
      throws ChainUnavailableException {
    long last = from.finalizedOutboxCount();
    long first = Math.max(1, to.inboxLatest().count() - random.nextInt(3));
    if (first <= last) {
      DeliverySubmitter submitter = to.rpc(random.nextInt(4)).submitter(to.incoming());
      submitter.submit(world.delivery(from, first, last, TwoChains.ENOUGH));
    }
  }

  /** Until the receipts of all transfers have arrived, which ask for none themselves. */
  private static void settle(TwoChains world, Random random) throws ChainUnavailableException {
    for (int round = 0; round < ROUNDS && world.supply.inFlight() > 0; round++) {
      world.blocks(1);
      carry(world, world.left, world.right, random);
      carry(world, world.right, world.left, random);
    }
  }

  @Test
  void valueIsConservedAndEverythingSettles() throws ChainUnavailableException {
    for (long seed = 0; seed < 8; seed++) {
      TwoChains world = run(seed);
      assertEquals(0, world.supply.inFlight(), "seed " + seed);
      assertTrue(world.leftSeen.reorgs.size() > 10, "seed " + seed);
      assertTrue(world.rightSeen.refused.size() > 2, "seed " + seed);
      assertTrue(world.right.executions().size() > 80, "seed " + seed);
      assertEquals(
          LongStream.rangeClosed(1, world.right.inboxLatest().count()).boxed().toList(),
          world.right.executions().stream().map(Execution::index).toList());
    }
  }

  @Test
  void oneSeedIsOneRun() throws ChainUnavailableException {
    TwoChains once = run(11);
    TwoChains again = run(11);
    assertEquals(once.left.digest(), again.left.digest());
    assertEquals(once.right.digest(), again.right.digest());
    assertEquals(once.left.executions(), again.left.executions());
    assertNotEquals(once.left.digest(), run(12).left.digest());
  }
}
