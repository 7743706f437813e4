package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.OutboxRead;
import dev.mallard.chain.Outcome;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries cross between two chains with the bridge's own contracts, and their receipts return. */
final class RealContractsTest {
  private static final RsmId A = new RsmId(7001);
  private static final RsmId B = new RsmId(7002);
  private static final StreamId A_TO_B = new StreamId(A, B);

  @AutoClose private Anvil anvilA;
  @AutoClose private Anvil anvilB;
  private RealContracts onA;
  private RealContracts onB;
  @AutoClose private ChainConnector chainA;
  @AutoClose private ChainConnector chainB;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    anvilA = Anvil.start(folder, A.value());
    anvilB = Anvil.start(folder, B.value());
    onA = new RealContracts(anvilA, B);
    onB = new RealContracts(anvilB, A);
    chainA = connector(anvilA, onA);
    chainB = connector(anvilB, onB);
    for (Anvil anvil : List.of(anvilA, anvilB)) {
      anvil.rpc("anvil_setBalance", TestBridge.KEY.getAddress(), "0xde0b6b3a7640000000");
      anvil.mine(3);
    }
  }

  private static ChainConnector connector(Anvil anvil, RealContracts contracts) {
    return TestBridge.connector(
        new EvmOptions(
            new RsmId(anvil.chainId()),
            List.of(anvil.url()),
            Optional.empty(),
            contracts.outbox(),
            contracts.inbox(),
            0,
            Duration.ofHours(1),
            TestBridge.LIMITS,
            TestBridge.FEES));
  }

  private static List<OutboxEntry> read(ChainConnector chain, Anvil anvil, StreamId stream)
      throws Exception {
    anvil.mine(2);
    OutboxRead.Progress progress =
        assertInstanceOf(
            OutboxRead.Progress.class,
            chain.readOutbox(
                stream,
                chain.start(stream),
                chain.heads().finalized(),
                OutboxScan.LINKED_BLOCKS_MAX));
    List<OutboxEntry> entries = new ArrayList<>();
    progress.blocks().forEach(block -> entries.addAll(block.entries()));
    return entries;
  }

  @Test
  @Tag("OUT-1")
  @Tag("DLV-1")
  @Tag("DLV-3")
  @Tag("DLV-4")
  void entriesCrossAndTheirReceiptsReturn() throws Exception {
    onA.send(
        B, OutboxEntry.RECEIPT, 0, "to an account without code".getBytes(StandardCharsets.UTF_8));
    onA.send(B, OutboxEntry.RECEIPT, 1, "too late".getBytes(StandardCharsets.UTF_8));
    onA.send(B, 0, -1L, new byte[8192]);
    Delivery there = onB.certified(read(chainA, anvilA, A_TO_B), 1);
    Submissions toB = new Submissions(chainB.submitter(A_TO_B));
    SubmissionStatus.Mined mined = toB.mined(there);
    assertTrue(mined.success());
    assertTrue(mined.gasUsed() < new InboxGas().gasLimit(there), "gas " + mined.gasUsed());
    assertEquals(3, chainB.inbox(A_TO_B, chainB.heads().latest().ref()).count());
    toB.requireAlreadyDelivered(there);
    InboxEvent.Delivered delivered =
        (InboxEvent.Delivered) chainB.inboxEvents(A_TO_B, 1, anvilB.blockNumber()).getFirst();
    assertEquals(List.of(Outcome.FAILED, Outcome.EXPIRED, Outcome.FAILED), delivered.outcomes());

    List<OutboxEntry> receipts = read(chainB, anvilB, A_TO_B.reverse());
    assertEquals(3, receipts.size(), "outcomes, and two refunds");
    Submissions toA = new Submissions(chainA.submitter(A_TO_B.reverse()));
    assertTrue(toA.mined(onA.certified(receipts, 1)).success());
    List<InboxEvent> events = chainA.inboxEvents(A_TO_B.reverse(), 1, anvilA.blockNumber());
    InboxEvent.ReceiptReceived received =
        events.stream()
            .filter(InboxEvent.ReceiptReceived.class::isInstance)
            .map(InboxEvent.ReceiptReceived.class::cast)
            .toList()
            .getFirst();
    assertEquals(delivered.outcomes(), received.outcomes());
    List<InboxEvent.RefundNotified> refunds =
        events.stream()
            .filter(InboxEvent.RefundNotified.class::isInstance)
            .map(InboxEvent.RefundNotified.class::cast)
            .toList();
    assertEquals(List.of(1L, 2L), refunds.stream().map(r -> r.index()).toList());
    assertEquals(Outcome.EXPIRED, refunds.getLast().outcome());
  }

  @Test
  @Tag("DLV-3")
  void certificatesThatTheInboxRefusesCostNothing() throws Exception {
    onA.send(B, 0, 0, new byte[] {1});
    Delivery good = onB.certified(read(chainA, anvilA, A_TO_B), 1);
    Submissions toB = new Submissions(chainB.submitter(A_TO_B));
    assertTrue(toB.refusal(with(good, new Epoch(2), 1)).startsWith("WrongEpoch"));
    assertTrue(toB.refusal(with(good, Epoch.FIRST, 2)).startsWith("WrongSigner"));
    assertTrue(toB.refusal(with(good, Epoch.FIRST, 0)).startsWith("WrongSequence"));
    assertTrue(toB.mined(good).success());
  }

  private static Delivery with(Delivery delivery, Epoch epoch, long sequence) {
    return new Delivery(
        delivery.stream(),
        delivery.entries(),
        epoch,
        sequence,
        delivery.header(),
        delivery.signers(),
        delivery.signatures(),
        BridgeAddress.ZERO);
  }

  @Test
  void stakeTableIsThatOfTheSource() throws Exception {
    assertEquals(4, chainB.remoteStakeTable(A, Epoch.FIRST).size());
    ChainUnavailableException e =
        assertThrows(
            ChainUnavailableException.class, () -> chainB.remoteStakeTable(A, new Epoch(7)));
    assertTrue(e.getMessage().contains("UnknownSource"), e.getMessage());
  }
}
