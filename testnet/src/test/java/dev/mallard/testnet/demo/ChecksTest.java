package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.Outcome;
import dev.mallard.testnet.demo.StreamEvidence.DeliveryTransaction;
import dev.mallard.testnet.demo.StreamEvidence.Execution;
import dev.mallard.testnet.demo.Transfer.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChecksTest {
  @Test
  void aRunWithoutViolationHoldsEveryCheck() {
    assertEquals(List.of(), broken(Runs.good()));
  }

  @Test
  void anEntryThatNeverArrivedIsLost() {
    Evidence run = Runs.withStream(stream(List.of(1L, 2L, 3L, 4L), deliveries(), executions()));
    assertEquals(List.of("nothing lost"), broken(run));
    assertEquals(List.of("31337-31338-4"), Checks.lost(run));
  }

  @Test
  void aTransferThatIsNotSettledIsLost() {
    Evidence run =
        Runs.withTransfers(List.of(Runs.settled(1, Purpose.REVERT, TransferState.REFUND_DUE)));
    assertTrue(broken(run).contains("nothing lost"), broken(run)::toString);
  }

  @Test
  void aRefundWhereExecutionWasDueIsNotAsIntended() {
    Evidence run =
        Runs.withTransfers(List.of(Runs.settled(1, Purpose.SUCCEED, TransferState.REFUNDED)));
    assertEquals(
        List.of("the reverting and the late transfer came back, all others were executed"),
        broken(run));
  }

  @Test
  void anEntryExecutedTwiceIsSeen() {
    List<Execution> twice =
        List.of(executed(1), new Execution(2, Outcome.FAILED), executed(3), executed(3));
    Evidence run = Runs.withStream(stream(List.of(1L, 2L, 3L), deliveries(), twice));
    assertTrue(broken(run).contains("nothing executed twice"), broken(run)::toString);
    assertEquals(List.of("31337-31338-3 (2 times)"), Checks.duplicated(run));
  }

  @Test
  void entriesOutOfOrderAreSeen() {
    List<Execution> swapped = List.of(executed(1), executed(3), executed(2));
    Evidence run = Runs.withStream(stream(List.of(1L, 2L, 3L), deliveries(), swapped));
    assertEquals(List.of("order kept per stream"), broken(run));
  }

  @Test
  void moneyFromNowhereIsSeen() {
    String name = "total supply of every token over both chains unchanged";
    assertEquals(List.of(name), broken(Runs.withSupply(Runs.supply(100, 101, 7, 7))));
    assertEquals(List.of(name), broken(Runs.withSupply(Runs.supply(100, 100, 6, 7))));
  }

  @Test
  void twoDeliveriesOfOneRangeAreSeen() {
    List<DeliveryTransaction> overlapping =
        List.of(Runs.delivery(900, true, 1, 2), Runs.delivery(1_005, true, 2, 3));
    Evidence run = Runs.withStream(stream(List.of(1L, 2L, 3L), overlapping, executions()));
    assertEquals(
        List.of("exactly one successful delivery transaction per bundle range"), broken(run));
  }

  @Test
  void aDeliveryThatNoTransactionAccountsForIsSeen() {
    List<DeliveryTransaction> missing = List.of(Runs.delivery(900, true, 1, 2));
    Evidence run = Runs.withStream(stream(List.of(1L, 2L, 3L), missing, executions()));
    assertEquals(
        List.of("exactly one successful delivery transaction per bundle range"), broken(run));
  }

  @Test
  void aFailedDeliveryIsExcusedOnlyWhileNodesAreDown() {
    String name = "no failed delivery transaction outside the kill";
    assertEquals(List.of(), broken(withFailedDeliveryAt(1_000)));
    assertEquals(List.of(), broken(withFailedDeliveryAt(1_010)));
    assertEquals(List.of(name), broken(withFailedDeliveryAt(999)));
    assertEquals(List.of(name), broken(withFailedDeliveryAt(1_012)));
  }

  private static Evidence withFailedDeliveryAt(long seconds) {
    List<DeliveryTransaction> failed =
        List.of(
            Runs.delivery(900, true, 1, 2),
            Runs.delivery(seconds, false, 1, 2),
            Runs.delivery(1_005, true, 3, 3));
    return Runs.withStream(stream(List.of(1L, 2L, 3L), failed, executions()));
  }

  @Test
  void aBundleThatCrossedTwiceIsSeen() {
    String name = "in the fault-free part each bundle crossed exactly once";
    assertEquals(List.of(name), broken(Runs.withFaultFree(new BundleCounts(3, 4, 0))));
    assertEquals(List.of(name), broken(Runs.withFaultFree(new BundleCounts(3, 3, 1))));
    assertEquals(List.of(name), broken(Runs.withFaultFree(BundleCounts.NONE)));
  }

  @Test
  void aKilledNodeThatStaysBehindIsSeen() {
    assertEquals(
        List.of("killed nodes caught up"),
        broken(Runs.withNodes(Runs.node("node-31337-0", true, true, false))));
  }

  @Test
  void aNodeThatIsNotReadyIsSeen() {
    List<Check> checks = Checks.of(Runs.withNodes(Runs.node("node-31337-0", false, false, false)));
    Check ready = checks.getLast();
    assertEquals("node-31337-0: peers: none", ready.detail());
  }

  private static List<String> broken(Evidence evidence) {
    return Checks.of(evidence).stream().filter(check -> !check.held()).map(Check::name).toList();
  }

  private static StreamEvidence stream(
      List<Long> sent, List<DeliveryTransaction> deliveries, List<Execution> executions) {
    return new StreamEvidence(Runs.OUT, sent, deliveries, executions);
  }

  private static List<DeliveryTransaction> deliveries() {
    return Runs.good().streams().getFirst().deliveries();
  }

  private static List<Execution> executions() {
    return Runs.good().streams().getFirst().executions();
  }

  private static Execution executed(long index) {
    return new Execution(index, Outcome.EXECUTED);
  }
}
