package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.OutboxRead;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector on a chain where nothing goes wrong. */
final class EvmConnectorTest {
  @AutoClose private Anvil anvil;
  private TestBridge bridge;
  @AutoClose private ChainConnector chain;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    anvil = Anvil.start(folder, 7001);
    bridge = new TestBridge(anvil);
    chain = bridge.connector(anvil.url());
  }

  private OutboxRead.Progress read(OutboxCursor cursor, int blocksMax) throws Exception {
    return assertInstanceOf(
        OutboxRead.Progress.class,
        chain.readOutbox(bridge.outgoing(), cursor, chain.heads().finalized(), blocksMax));
  }

  @Test
  void headsAreTwoBlocksApartAndMoveOn() throws Exception {
    ChainHeads before = chain.heads();
    assertEquals(anvil.blockNumber(), before.latest().ref().number());
    assertEquals(anvil.blockNumber() - 2, before.finalized().ref().number());
    anvil.mine(1);
    ChainHeads after = chain.heads();
    assertEquals(before.latest().ref().hash(), after.latest().parentHash());
  }

  @Test
  @Tag("OUT-1")
  @Tag("OUT-2")
  void entriesAreReadBlockByBlockWithTheirAccumulator() throws Exception {
    OutboxCursor start = chain.start(bridge.outgoing());
    assertEquals(0, start.block().number(), "the Outbox is deployed in block 1");
    bridge.send(2);
    bridge.send(3);
    anvil.mine(2);
    OutboxRead.Progress progress = read(start, 10);
    assertEquals(2, progress.blocks().size());
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 5L),
        progress.blocks().stream()
            .flatMap(b -> b.entries().stream())
            .map(OutboxEntry::index)
            .toList());
    assertEquals(5, progress.next().count());
    assertEquals(chain.heads().finalized().ref(), progress.next().block());
    assertEquals(accumulated(progress.blocks()), progress.next().acc());
    OutboxRead.Progress nothing = read(progress.next(), 10);
    assertEquals(new OutboxRead.Progress(List.of(), progress.next()), nothing);
  }

  private Hash32 accumulated(List<BlockEntries> blocks) {
    Hash32 acc = Hash32.ZERO;
    for (BlockEntries block : blocks) {
      for (OutboxEntry entry : block.entries()) {
        acc = new KeccakAccumulator().extend(bridge.outgoing(), acc, entry);
      }
    }
    return acc;
  }

  @Test
  @Tag("OUT-2")
  void readingPausesAfterTheBlocksAskedForAndGoesOnThere() throws Exception {
    for (int i = 0; i < 5; i++) {
      bridge.send(1);
    }
    anvil.mine(2);
    OutboxRead.Progress first = read(chain.start(bridge.outgoing()), 2);
    assertEquals(2, first.next().count());
    assertEquals(first.blocks().getLast().block().ref(), first.next().block());
    OutboxRead.Progress second = read(first.next(), 2);
    OutboxRead.Progress third = read(second.next(), 2);
    assertEquals(5, third.next().count());
    assertEquals(1, third.blocks().size());
  }

  @Test
  @Tag("OUT-2")
  @Tag("CATCH-1")
  void longAbsenceIsBridgedByFewRequests() throws Exception {
    OutboxCursor start = chain.start(bridge.outgoing());
    anvil.mine(400);
    bridge.send(1);
    anvil.mine(300);
    bridge.send(2);
    bridge.send(1);
    anvil.mine(500);
    try (MisbehavingRpc counted = MisbehavingRpc.before(anvil);
        ChainConnector other = bridge.connector(counted.url())) {
      OutboxRead.Progress some =
          assertInstanceOf(
              OutboxRead.Progress.class,
              other.readOutbox(bridge.outgoing(), start, other.heads().finalized(), 2));
      assertEquals(3, some.next().count());
      OutboxRead.Progress rest =
          assertInstanceOf(
              OutboxRead.Progress.class,
              other.readOutbox(bridge.outgoing(), some.next(), other.heads().finalized(), 8));
      assertEquals(4, rest.next().count());
      assertEquals(chain.heads().finalized().ref(), rest.next().block());
      assertTrue(counted.requests() < 60, "took " + counted.requests() + " requests");
    }
  }

  @Test
  @Tag("CATCH-1")
  void anIdleStretchCostsOneRequestHoweverLong() throws Exception {
    OutboxCursor start = chain.start(bridge.outgoing());
    anvil.mine(2_000);
    try (MisbehavingRpc counted = MisbehavingRpc.before(anvil);
        ChainConnector other = bridge.connector(counted.url())) {
      ChainHeads heads = other.heads();
      long before = counted.requests();
      other.readOutbox(bridge.outgoing(), start, heads.finalized(), 8);
      assertEquals(1, counted.requests() - before);
    }
  }

  @Test
  @Tag("OUT-2")
  void deadlineBeyondTheSignedRangeHurtsNobody() throws Exception {
    bridge.send(TestBridge.OTHER, 1, -1L);
    anvil.mine(2);
    OutboxRead.Progress progress = read(chain.start(bridge.outgoing()), 1);
    assertEquals(-1L, progress.blocks().getFirst().entries().getFirst().deadlineSeconds());
  }

  @Test
  @Tag("OUT-2")
  @Tag("G-4")
  void largeBlocksAreReadInAnswersOfBoundedSize() throws Exception {
    OutboxCursor near = chain.start(bridge.outgoing());
    for (int i = 0; i < 4; i++) {
      bridge.sendLarge(20, 8192);
    }
    anvil.mine(2);
    assertEquals(80, read(near, 8).next().count(), "four blocks of 330 kB, limit 1 MB");
    anvil.mine(100);
    assertEquals(80, read(near, 8).next().count(), "the same after a long absence");
  }

  @Test
  @Tag("OUT-2")
  void otherStreamsAreNotMixedIn() throws Exception {
    bridge.send(new dev.mallard.stake.RsmId(9999), 4, 0);
    bridge.send(1);
    anvil.mine(2);
    assertEquals(1, read(chain.start(bridge.outgoing()), 8).next().count());
  }

  @Test
  @Tag("DLV-1")
  @Tag("DLV-3")
  void deliveryIsMinedSeenAndNotPaidForTwice() throws Exception {
    Submissions submissions = new Submissions(chain.submitter(bridge.incoming()));
    assertTrue(submissions.mined(bridge.delivery(1, 3)).success());
    InboxState state = chain.inbox(bridge.incoming(), chain.heads().latest().ref());
    assertEquals(3, state.count());
    assertEquals(3, state.sequence());
    assertEquals(Epoch.FIRST, state.epoch());
    submissions.requireAlreadyDelivered(bridge.delivery(1, 3));
    assertTrue(submissions.refusal(bridge.delivery(5, 6)).startsWith("Gap"));
    assertTrue(submissions.mined(bridge.delivery(4, 4)).success());
  }

  @Test
  @Tag("DLV-4")
  void eventsOfTheInboxAreTold() throws Exception {
    Submissions submissions = new Submissions(chain.submitter(bridge.incoming()));
    submissions.mined(bridge.delivery(1, 3));
    List<InboxEvent> events = chain.inboxEvents(bridge.incoming(), 1, anvil.blockNumber());
    InboxEvent.Delivered delivered = (InboxEvent.Delivered) events.getFirst();
    assertEquals(1, delivered.firstIndex());
    assertEquals(List.of(Outcome.EXECUTED, Outcome.FAILED, Outcome.EXPIRED), delivered.outcomes());
    assertEquals(TestBridge.KEY.getAddress(), delivered.submitter().toHex());
    assertEquals(anvil.blockNumber(), delivered.block().ref().number());
    assertInstanceOf(InboxEvent.ReceiptReceived.class, events.get(1));
    assertEquals(List.of(), chain.inboxEvents(bridge.incoming(), 1, 2));
  }

  @Test
  void stakesOfTheOtherChainComeFromTheInbox() throws Exception {
    StakeTable table = chain.remoteStakeTable(TestBridge.OTHER, Epoch.FIRST);
    assertEquals(LongStream.of(40, 30, 20, 10).mapToObj(Stake::of).toList(), table.stakes());
    assertThrows(
        ChainUnavailableException.class,
        () -> chain.remoteStakeTable(TestBridge.OTHER, new Epoch(2)));
  }

  @Test
  void inboxOfAnUnknownSourceSaysWhatToDo() {
    dev.mallard.stake.StreamId strange =
        new dev.mallard.stake.StreamId(new dev.mallard.stake.RsmId(5), chain.rsm());
    ChainUnavailableException e =
        assertThrows(
            ChainUnavailableException.class,
            () -> chain.inbox(strange, chain.heads().latest().ref()));
    assertTrue(e.getMessage().contains("knows no stake table of chain 5"), e.getMessage());
  }

  @Test
  @Tag("GC-3")
  void inboxIsReadAtExactlyTheBlockAskedFor() throws Exception {
    ChainHeads before = chain.heads();
    new Submissions(chain.submitter(bridge.incoming())).mined(bridge.delivery(1, 1));
    assertEquals(0, chain.inbox(bridge.incoming(), before.latest().ref()).count());
    assertEquals(1, chain.inbox(bridge.incoming(), chain.heads().latest().ref()).count());
  }
}
