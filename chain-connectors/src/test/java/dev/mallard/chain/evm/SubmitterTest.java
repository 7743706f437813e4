package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/** Delivery transactions that get lost, stuck, overtaken or cannot be paid ([DLV-3], DESIGN 6). */
@Tag("DLV-3")
final class SubmitterTest {
  @AutoClose private Anvil anvil;
  private TestBridge bridge;
  @AutoClose private MisbehavingRpc proxy;
  @AutoClose private ChainConnector chain;
  private DeliverySubmitter submitter;
  private Submissions submissions;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    anvil = Anvil.start(folder, 7001);
    bridge = new TestBridge(anvil);
    proxy = MisbehavingRpc.before(anvil);
    chain = bridge.connector(proxy.url());
    submitter = chain.submitter(bridge.incoming());
    submissions = new Submissions(submitter);
  }

  private long minedCount() {
    return Long.decode(
        anvil.rpc("eth_getTransactionCount", TestBridge.KEY.getAddress(), "latest").stringValue());
  }

  private JsonNode transaction(Submission.Sent sent) {
    return anvil.rpc("eth_getTransactionByHash", sent.transaction().toHex());
  }

  private Submission.Sent pending(Submission.Sent sent) throws Exception {
    return assertInstanceOf(SubmissionStatus.Pending.class, submitter.check(sent)).current();
  }

  @Test
  void droppedTransactionIsNoticedAndSubmittedAnew() throws Exception {
    anvil.stopMining();
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    assertEquals(sent, pending(sent));
    anvil.rpc("anvil_dropTransaction", sent.transaction().toHex());
    pending(sent);
    assertInstanceOf(SubmissionStatus.Dropped.class, submitter.check(sent));
    Submission.Sent again = submissions.sent(bridge.delivery(1, 1));
    assertEquals(sent.nonce(), again.nonce());
    anvil.mine(1);
    assertTrue(submissions.mined(again).success());
  }

  @Test
  void unminedTransactionIsReplacedAtARaisedFee() throws Exception {
    anvil.stopMining();
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    BigInteger offered = Numeric.decodeQuantity(fee(sent));
    mineWithoutRoom(2);
    anvil.rpc("anvil_setNextBlockBaseFeePerGas", Numeric.encodeQuantity(offered.shiftLeft(2)));
    mineWithoutRoom(1);
    Submission.Sent replaced = pending(sent);
    assertNotEquals(sent.transaction(), replaced.transaction());
    assertEquals(sent.nonce(), replaced.nonce());
    BigInteger raised = Numeric.decodeQuantity(fee(replaced));
    assertTrue(
        raised.multiply(BigInteger.valueOf(8)).compareTo(offered.multiply(BigInteger.valueOf(9)))
            >= 0,
        offered + " to " + raised);
    assertEquals(replaced, pending(replaced), "not raised again before its time");
    assertEquals(replaced, pending(sent), "the old hash leads to the new one");
    anvil.mine(1);
    SubmissionStatus.Mined mined = submissions.mined(replaced);
    assertTrue(mined.success());
    assertEquals(1, minedCount());
  }

  /** Blocks too small for any transaction: what waits goes on waiting. */
  private void mineWithoutRoom(int blocks) {
    anvil.rpc("evm_setBlockGasLimit", "0x5000");
    anvil.mine(blocks);
    anvil.rpc("evm_setBlockGasLimit", "0x1c9c380");
  }

  @Test
  void transactionThatARisenBaseFeeDrivesOutIsSubmittedAnewAtItsPrice() throws Exception {
    anvil.stopMining();
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    BigInteger offered = Numeric.decodeQuantity(fee(sent));
    anvil.rpc("anvil_setNextBlockBaseFeePerGas", Numeric.encodeQuantity(offered.shiftLeft(1)));
    anvil.mine(1);
    pending(sent);
    assertInstanceOf(SubmissionStatus.Dropped.class, submitter.check(sent));
    Submission.Sent again = submissions.sent(bridge.delivery(1, 1));
    assertTrue(Numeric.decodeQuantity(fee(again)).compareTo(offered.shiftLeft(1)) > 0);
    anvil.mine(1);
    assertTrue(submissions.mined(again).success());
  }

  private String fee(Submission.Sent sent) {
    return transaction(sent).get("maxFeePerGas").stringValue();
  }

  @Test
  void nonceFollowsTransactionsThatOthersSendWithTheSameKey() throws Exception {
    assertEquals(0, submissions.sent(bridge.delivery(1, 1)).nonce());
    sendWithSameKey(1, 5_000_000_000L);
    sendWithSameKey(2, 5_000_000_000L);
    Submission.Sent next = submissions.sent(bridge.delivery(2, 2));
    assertEquals(3, next.nonce());
    assertTrue(submissions.mined(next).success());
  }

  @Test
  void nonceTakenBetweenReadingAndSendingIsReadAgain() throws Exception {
    AtomicInteger sends = new AtomicInteger();
    proxy.with((method, params, answer) -> {
      if (method.equals("eth_getTransactionCount")
          && params.toString().contains("pending")
          && sends.getAndIncrement() == 0) {
        answer.put("result", "0x0");
      }
    });
    sendWithSameKey(0, 5_000_000_000L);
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    assertEquals(1, sent.nonce());
    assertTrue(submissions.mined(sent).success());
  }

  private void sendWithSameKey(long nonce, long feePerGas) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            anvil.chainId(),
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(21_000),
            TestBridge.OTHER_ADDRESS.toHex(),
            BigInteger.ONE,
            "",
            BigInteger.valueOf(feePerGas),
            BigInteger.valueOf(feePerGas));
    byte[] signed = TransactionEncoder.signMessage(transaction, TestBridge.KEY);
    anvil.rpc("eth_sendRawTransaction", Numeric.toHexString(signed));
  }

  @Test
  void lostAnswerLeadsToNoSecondTransaction() throws Exception {
    anvil.stopMining();
    AtomicInteger sends = new AtomicInteger();
    proxy.with((method, params, answer) -> {
      if (method.equals("eth_sendRawTransaction") && sends.getAndIncrement() == 0) {
        proxy.with(MisbehavingRpc.Fault.ANSWER_LOST);
        answer.putObject("error").put("message", "proxy: upstream lost");
        answer.remove("result");
      }
    });
    assertThrows(ChainUnavailableException.class, () -> submitter.submit(bridge.delivery(1, 1)));
    proxy.honest();
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    assertEquals(0, sent.nonce());
    anvil.mine(1);
    assertTrue(submissions.mined(sent).success());
    assertEquals(1, minedCount());
  }

  @Test
  void deliveryOvertakenByAnotherReplicaIsNotPaidFor() throws Exception {
    submissions.mined(bridge.delivery(1, 2));
    long before = minedCount();
    assertInstanceOf(Submission.AlreadyDelivered.class, submitter.submit(bridge.delivery(1, 2)));
    assertEquals(before, minedCount());
  }

  @Test
  void revertedTransactionIsToldAsSuch() throws Exception {
    anvil.stopMining();
    Submission.Sent one = submissions.sent(bridge.delivery(1, 1));
    Submission.Sent two =
        new Submissions(chain.submitter(bridge.incoming())).sent(bridge.delivery(1, 1));
    assertEquals(one.nonce() + 1, two.nonce(), "two streams share one account");
    anvil.mine(1);
    assertTrue(submissions.mined(one).success());
    assertEquals(false, submissions.mined(two).success());
  }

  @Test
  void emptyAccountIsNamedWithTheRemedy() throws Exception {
    anvil.rpc("anvil_setBalance", TestBridge.KEY.getAddress(), "0x10");
    Submission.CannotPay cannot =
        assertInstanceOf(Submission.CannotPay.class, submitter.submit(bridge.delivery(1, 1)));
    assertTrue(cannot.reason().contains(TestBridge.KEY.getAddress()), cannot.reason());
    assertTrue(cannot.reason().contains("fund it"), cannot.reason());
    anvil.rpc("anvil_setBalance", TestBridge.KEY.getAddress(), "0xde0b6b3a7640000");
    assertTrue(submissions.mined(bridge.delivery(1, 1)).success());
  }

  @Test
  void deliveryThatNeedsMoreGasThanAllowedIsRefusedBeforeItCosts() throws Exception {
    long before = minedCount();
    submissions.refusal(bridge.delivery(1, 1500));
    assertEquals(before, minedCount());
  }

  @Test
  void gasModelLeavesRoomAboveWhatIsUsed() throws Exception {
    SubmissionStatus.Mined mined = submissions.mined(bridge.delivery(1, 10));
    assertTrue(mined.gasUsed() < new InboxGas().gasLimit(bridge.delivery(1, 10)));
  }

  @Test
  void transactionLeftByAnEarlierRunDoesNotBlockForEver() throws Exception {
    anvil.stopMining();
    sendWithSameKey(0, 2_000_000_000L);
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    assertEquals(1, sent.nonce());
    mineWithoutRoom(2);
    assertEquals(0, minedCount(), "the first one is stuck and blocks ours");
    Submission.Sent moved = pending(sent);
    assertEquals(0, moved.nonce());
    anvil.mine(2);
    assertTrue(submissions.mined(moved).success());
  }

  @Test
  @Tag("G-2")
  void transactionOfAnEarlierRunCanBeFollowed() throws Exception {
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    DeliverySubmitter restarted = chain.submitter(bridge.incoming());
    assertInstanceOf(SubmissionStatus.Mined.class, restarted.check(sent));
    Submission.Sent never = new Submission.Sent(dev.mallard.stake.Hash32.ZERO, 9);
    assertInstanceOf(SubmissionStatus.Dropped.class, restarted.check(never));
  }

  @Test
  void gasIsPaidByTheSignersAccount() throws Exception {
    Submission.Sent sent = submissions.sent(bridge.delivery(1, 1));
    assertEquals(
        Map.of("from", TestBridge.KEY.getAddress(), "type", "0x2"),
        Map.of(
            "from",
            transaction(sent).get("from").stringValue(),
            "type",
            transaction(sent).get("type").stringValue()));
  }
}
