package dev.mallard.testnet.sim.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Outcome;
import dev.mallard.chain.Submission;
import dev.mallard.stake.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class VirtualChainTest {
  private static final ChainProfile CALM = ChainProfile.calm(TwoChains.BLOCK_MILLIS, 2);
  private final TwoChains world = new TwoChains(CALM, 1);

  private void sendGood(int count) {
    for (int i = 0; i < count; i++) {
      world.left.send(Transfers.good(10 + i, 40));
    }
    world.blocks(4);
  }

  private static Submission submit(VirtualChain chain, Delivery delivery)
      throws ChainUnavailableException {
    return chain.rpc(0).submitter(chain.incoming()).submit(delivery);
  }

  @Test
  void entriesAreExecutedInOrderAndOnce() throws ChainUnavailableException {
    sendGood(6);
    submit(world.right, world.delivery(world.left, 1, 2, TwoChains.ENOUGH));
    world.blocks(1);
    submit(world.right, world.delivery(world.left, 1, 5, TwoChains.ENOUGH));
    world.blocks(1);
    List<Long> order = world.right.executions().stream().map(Execution::index).toList();
    assertEquals(LongStream.rangeClosed(1, 5).boxed().toList(), order);
    assertEquals(5, world.right.inboxLatest().count());
    assertEquals(world.left.accAt(5), world.right.inboxLatest().acc());
    assertEquals(10 + 11 + 12 + 13 + 14, world.right.ledger().minted());
  }

  @Test
  void whatIsDeliveredAlreadyCostsNothing() throws ChainUnavailableException {
    sendGood(2);
    Delivery delivery = world.delivery(world.left, 1, 2, TwoChains.ENOUGH);
    submit(world.right, delivery);
    world.blocks(1);
    assertInstanceOf(Submission.AlreadyDelivered.class, submit(world.right, delivery));
  }

  @Test
  void theSecondOfTwoSubmittersReverts() throws ChainUnavailableException {
    sendGood(2);
    Delivery delivery = world.delivery(world.left, 1, 2, TwoChains.ENOUGH);
    DeliverySubmitter second = world.right.rpc(1).submitter(world.right.incoming());
    submit(world.right, delivery);
    Submission.Sent sent = assertInstanceOf(Submission.Sent.class, second.submit(delivery));
    world.blocks(1);
    assertEquals(List.of("AlreadyDelivered"), world.rightSeen.refused);
    assertEquals(List.of(0), world.rightSeen.submitters);
    assertTrue(second.check(sent).toString().contains("success=false"));
  }

  @Test
  void theInboxRefusesWhatTheContractRefuses() throws ChainUnavailableException {
    sendGood(4);
    submit(world.right, world.delivery(world.left, 1, 1, TwoChains.ENOUGH));
    world.blocks(1);
    assertRefused("Gap(2, 3)", world.delivery(world.left, 3, 4, TwoChains.ENOUGH));
    assertRefused("NotEnoughStake", world.delivery(world.left, 2, 3, TwoChains.ENOUGH - 1));
    assertRefused(
        "WrongEpoch(1, 2)", world.delivery(world.left, 2, 3, 3, new Epoch(2), TwoChains.ENOUGH));
    assertRefused(
        "WrongSequence(1, 1)", world.delivery(world.left, 2, 3, 1, Epoch.FIRST, TwoChains.ENOUGH));
    assertRefused("NotEnoughStake", withAnotherAmount(2));
    assertEquals(1, world.right.inboxLatest().count());
  }

  private Delivery withAnotherAmount(long index) {
    Delivery good = world.delivery(world.left, index, index, TwoChains.ENOUGH);
    return new Delivery(
        good.stream(),
        List.of(Transfers.good(1_000_000, 40).entry(index)),
        good.epoch(),
        good.sequence(),
        good.header(),
        good.signers(),
        good.signatures(),
        good.payout());
  }

  private void assertRefused(String reason, Delivery delivery) throws ChainUnavailableException {
    assertEquals(new Submission.Refused(reason), submit(world.right, delivery));
  }

  @Test
  void aReceiptRefundsWhatFailedOrExpiredAndNothingElse() throws ChainUnavailableException {
    world.left.send(Transfers.good(5, 8));
    world.left.send(Transfers.reverting(7, 100));
    world.left.send(Transfers.expiring(11, 20, world.left.nowSeconds() + 1));
    world.left.send(Transfers.good(13, 0));
    world.blocks(4);
    assertEquals(5 + 7 + 11, world.supply.inFlight());
    submit(world.right, world.delivery(world.left, 1, 4, TwoChains.ENOUGH));
    world.blocks(4);
    assertEquals(
        List.of(Outcome.EXECUTED, Outcome.FAILED, Outcome.EXPIRED, Outcome.EXECUTED),
        world.right.executions().stream().map(Execution::outcome).toList());
    assertEquals(1, world.right.outboxCount());
    submit(world.left, world.delivery(world.right, 1, 1, TwoChains.ENOUGH));
    world.blocks(1);
    assertEquals(
        List.of("1 EXECUTED", "2 FAILED refunded", "3 EXPIRED refunded", "4 EXECUTED"),
        world.leftSeen.receipts);
    assertEquals(0, world.supply.inFlight());
    assertEquals(Ledger.INITIAL - 5, world.left.ledger().accounts());
    assertEquals(Ledger.INITIAL + 5, world.right.ledger().accounts());
    assertEquals(Optional.empty(), world.supply.violation());
  }

  @Test
  void aReorganisationUndoesAndDoesAgain() throws ChainUnavailableException {
    world.left.send(Transfers.good(5, 8));
    world.blocks(1);
    world.left.send(Transfers.good(7, 8));
    world.blocks(1);
    BlockRef before = world.left.heads().latest().ref();
    world.left.reorg(2);
    assertEquals(before.number(), world.left.heads().latest().ref().number());
    assertNotEquals(before, world.left.heads().latest().ref());
    world.blocks(1);
    assertEquals(List.of(1L, 2L), List.of(world.left.sent(1).index(), world.left.sent(2).index()));
    assertEquals(7, Transfers.amountOf(world.left.sent(2)));
    assertEquals(5 + 7, world.left.ledger().locked());
    assertEquals(List.of(2), world.leftSeen.reorgs);
  }

  @Test
  void anExecutionThatIsTakenBackIsDoneAgain() throws ChainUnavailableException {
    sendGood(3);
    submit(world.right, world.delivery(world.left, 1, 3, TwoChains.ENOUGH));
    world.blocks(1);
    assertEquals(3, world.right.inboxLatest().count());
    world.right.reorg(1);
    world.blocks(1);
    assertEquals(3, world.right.inboxLatest().count());
    assertEquals(3, world.right.executions().size());
    assertEquals(1, world.right.outboxCount());
    assertEquals(10 + 11 + 12, world.right.ledger().minted());
  }

  @Test
  void finalityFollowsAndNeverGoesBack() {
    TwoChains wild = new TwoChains(CALM.withReorgs(500, 2), 7);
    wild.blocks(50);
    assertTrue(wild.leftSeen.reorgs.size() > 5);
    assertEquals(LongStream.rangeClosed(1, 48).boxed().toList(), wild.leftSeen.finalized);
  }

  @Test
  void aHaltedChainMakesNoBlocks() {
    world.blocks(3);
    world.left.halt(10 * TwoChains.BLOCK_MILLIS);
    world.blocks(9);
    assertEquals(3, world.left.heads().latest().ref().number());
    world.blocks(2);
    assertEquals(5, world.left.heads().latest().ref().number());
  }
}
