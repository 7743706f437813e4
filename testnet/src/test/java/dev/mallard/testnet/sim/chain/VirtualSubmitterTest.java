package dev.mallard.testnet.sim.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import org.junit.jupiter.api.Test;

final class VirtualSubmitterTest {
  private static final ChainProfile CALM = ChainProfile.calm(TwoChains.BLOCK_MILLIS, 2);

  private static TwoChains world(ChainProfile profile) {
    TwoChains world = new TwoChains(profile, 3);
    world.left.send(Transfers.good(5, 8));
    world.left.send(Transfers.good(6, 8));
    world.blocks(4);
    return world;
  }

  private static Delivery delivery(TwoChains world) {
    return world.delivery(world.left, 1, 2, TwoChains.ENOUGH);
  }

  private static DeliverySubmitter submitter(TwoChains world) {
    return world.right.rpc(0).submitter(world.right.incoming());
  }

  @Test
  void aTransactionIsPendingThenMined() throws ChainUnavailableException {
    TwoChains world = world(CALM);
    DeliverySubmitter submitter = submitter(world);
    Submission.Sent sent =
        assertInstanceOf(Submission.Sent.class, submitter.submit(delivery(world)));
    assertEquals(new SubmissionStatus.Pending(sent), submitter.check(sent));
    world.blocks(1);
    SubmissionStatus.Mined mined =
        assertInstanceOf(SubmissionStatus.Mined.class, submitter.check(sent));
    assertTrue(mined.success());
    assertEquals(world.right.heads().latest().ref(), mined.block());
  }

  @Test
  void aStuckTransactionIsReplacedAndThenMined() throws ChainUnavailableException {
    TwoChains world = world(CALM.withPool(0, 1000, 0, 0));
    DeliverySubmitter submitter = submitter(world);
    Submission.Sent first =
        assertInstanceOf(Submission.Sent.class, submitter.submit(delivery(world)));
    Submission.Sent sent = first;
    int checks = 0;
    while (submitter.check(sent) instanceof SubmissionStatus.Pending pending && checks < 10) {
      checks++;
      sent = pending.current();
      world.blocks(1);
    }
    assertEquals(3, checks);
    assertNotEquals(first.transaction(), sent.transaction());
    assertEquals(2, world.right.inboxLatest().count());
    assertInstanceOf(SubmissionStatus.Mined.class, submitter(world).check(first));
  }

  @Test
  void aDroppedTransactionIsBelievedTheSecondTimeAndNeverMined() throws ChainUnavailableException {
    TwoChains world = world(CALM.withPool(1000, 0, 0, 0));
    DeliverySubmitter submitter = submitter(world);
    Submission.Sent sent =
        assertInstanceOf(Submission.Sent.class, submitter.submit(delivery(world)));
    assertInstanceOf(SubmissionStatus.Pending.class, submitter.check(sent));
    assertInstanceOf(SubmissionStatus.Dropped.class, submitter.check(sent));
    world.blocks(5);
    assertEquals(0, world.right.inboxLatest().count());
    Submission again = submitter.submit(delivery(world));
    assertNotEquals(sent, assertInstanceOf(Submission.Sent.class, again));
  }

  @Test
  void aDelayedTransactionWaitsForSomeBlocks() throws ChainUnavailableException {
    TwoChains world = world(CALM.withPool(0, 0, 1000, 1));
    submitter(world).submit(delivery(world));
    world.blocks(1);
    assertEquals(0, world.right.inboxLatest().count());
    world.blocks(1);
    assertEquals(2, world.right.inboxLatest().count());
  }

  @Test
  void aSubmissionWithoutAnAnswerIsFoundAgain() throws ChainUnavailableException {
    TwoChains world = world(CALM);
    DeliverySubmitter submitter = submitter(world);
    world.right.faults(0).on(new RpcFault.Errors(1000));
    long taken = 0;
    while (taken == 0) {
      assertThrows(ChainUnavailableException.class, () -> submitter.submit(delivery(world)));
      world.blocks(1);
      taken = world.right.inboxLatest().count();
    }
    world.right.faults(0).heal();
    Submission.Sent sent =
        assertInstanceOf(Submission.Sent.class, submitter.submit(delivery(world)));
    assertInstanceOf(SubmissionStatus.Mined.class, submitter.check(sent));
    assertEquals(1, world.rightSeen.submitters.size());
  }

  @Test
  void aStaleReplicaSubmitsWhatIsDeliveredAndItReverts() throws ChainUnavailableException {
    TwoChains world = world(CALM);
    submitter(world).submit(delivery(world));
    world.blocks(1);
    world.right.faults(1).on(new RpcFault.Stale(2));
    DeliverySubmitter stale = world.right.rpc(1).submitter(world.right.incoming());
    Submission.Sent sent = assertInstanceOf(Submission.Sent.class, stale.submit(delivery(world)));
    world.blocks(1);
    assertInstanceOf(SubmissionStatus.Pending.class, stale.check(sent));
    world.blocks(2);
    SubmissionStatus.Mined mined =
        assertInstanceOf(SubmissionStatus.Mined.class, stale.check(sent));
    assertEquals(false, mined.success());
  }
}
