package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static dev.mallard.store.StoreFixtures.OUT;
import static dev.mallard.store.StoreFixtures.eventually;
import static dev.mallard.store.StoreFixtures.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageIndexTest {
  private static final int KEPT_MAX = 1_000;
  private static final MessageQuery ALL =
      new MessageQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          MessageQuery.LIMIT_MAX);

  @TempDir Path folder;
  private BridgeStore store;

  @BeforeEach
  void open() throws Exception {
    StoreLimits d = StoreLimits.defaults();
    StoreLimits limits =
        new StoreLimits(
            d.journalQueueCommitsMax(),
            d.journalQueueBytesMax(),
            d.groupCommitsMax(),
            d.groupBytesMax(),
            d.commitBytesMax(),
            20_000,
            KEPT_MAX,
            300,
            d.blockCacheBytes(),
            d.writeBuffersBytes(),
            d.walBytesMax(),
            d.openFilesMax());
    store = BridgeStore.open(folder, StoreFixtures.identity(), limits);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private MessageIndex index() {
    return store.messages();
  }

  private static Bytes sender(long seed) {
    return Bytes.wrap(StoreFixtures.address((int) seed).toBytes());
  }

  private static OutboxEntry entry(long index) {
    return new OutboxEntry(
        index,
        sender(index % 2),
        sender(100),
        50_000,
        OutboxEntry.RECEIPT,
        77,
        BigInteger.ONE,
        Bytes.repeat((byte) 1, 40));
  }

  private void tell(StreamId stream, long first, long last) {
    List<OutboxEntry> entries =
        LongStream.rangeClosed(first, last).mapToObj(i -> entry(i)).toList();
    List<Hash32> transactions =
        LongStream.rangeClosed(first, last).mapToObj(i -> hash(i / 10)).toList();
    index().onEntries(stream, 4, entries, transactions);
  }

  private void awaitStage(StreamId stream, long index, MessageStage stage) throws Exception {
    eventually(
        "message " + index + " is " + stage,
        () -> index().find(stream, index).map(m -> m.times().containsKey(stage)).orElse(false));
  }

  /** All pages of a query. */
  private List<Long> indices(MessageQuery query, int limit) throws StoreException {
    List<Long> indices = new ArrayList<>();
    Optional<String> before = Optional.empty();
    do {
      MessageIndex.Page page =
          index()
              .search(
                  new MessageQuery(
                      query.stream(),
                      query.transaction(),
                      query.sender(),
                      query.stage(),
                      before,
                      limit));
      page.messages().forEach(message -> indices.add(message.index()));
      before = page.next();
    } while (before.isPresent());
    return indices;
  }

  private static List<Long> down(long from, long to) {
    return LongStream.rangeClosed(to, from).map(i -> from + to - i).boxed().toList();
  }

  @Test
  @Tag("G-7")
  void heldQuackedAndExecutedAreKeptApart() throws Exception {
    tell(OUT, 1, 3);
    index().onStage(OUT, 1, 3, MessageStage.SENT, 1_000);
    index().onStage(OUT, 1, 2, MessageStage.QUACKED, 5_000);
    index().onStage(OUT, 1, 2, MessageStage.QUACKED, 4_000);
    index().onStage(OUT, 1, 2, MessageStage.QUACKED, 6_000);
    index().onOutcomes(OUT, 1, List.of(Outcome.FAILED), MessageStage.RECEIPT, hash(70), 9_000);
    awaitStage(OUT, 1, MessageStage.RECEIPT);
    close();
    open();

    MessageRecord first = index().find(OUT, 1).orElseThrow();
    assertEquals(
        new MessageRecord(
            OUT,
            1,
            4,
            sender(1),
            sender(100),
            OutboxEntry.RECEIPT,
            77,
            40,
            Optional.of(hash(0)),
            Optional.empty(),
            Optional.of(hash(70)),
            Optional.of(Outcome.FAILED),
            Map.of(
                MessageStage.SENT, 1_000L,
                MessageStage.QUACKED, 4_000L,
                MessageStage.RECEIPT, 9_000L)),
        first);
    assertEquals(
        Map.of(MessageStage.SENT, 1_000L, MessageStage.QUACKED, 4_000L),
        index().find(OUT, 2).orElseThrow().times());
    assertEquals(Map.of(MessageStage.SENT, 1_000L), index().find(OUT, 3).orElseThrow().times());
    assertTrue(index().find(OUT, 4).isEmpty());
  }

  @Test
  void searchesPageNewestFirst() throws Exception {
    tell(OUT, 1, 100);
    tell(IN, 1, 20);
    index().onStage(OUT, 1, 100, MessageStage.SENT, 1);
    index().onStage(OUT, 31, 60, MessageStage.EXECUTED, 2);
    index().onStage(IN, 1, 20, MessageStage.HELD, 3);
    awaitStage(IN, 20, MessageStage.HELD);

    List<Long> everything = new ArrayList<>(down(20, 1));
    everything.addAll(down(100, 1));
    assertEquals(everything, indices(ALL, 7));
    MessageQuery ofOut =
        new MessageQuery(
            Optional.of(OUT),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    assertEquals(down(100, 1), indices(ofOut, 9));
    MessageQuery executed =
        new MessageQuery(
            Optional.of(OUT),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MessageStage.EXECUTED),
            Optional.empty(),
            1);
    assertEquals(down(60, 31), indices(executed, 30));
    MessageQuery ofTransaction =
        new MessageQuery(
            Optional.of(OUT),
            Optional.of(hash(3)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    assertEquals(down(39, 30), indices(ofTransaction, 4));
    MessageQuery ofSender =
        new MessageQuery(
            Optional.of(IN),
            Optional.empty(),
            Optional.of(sender(1)),
            Optional.empty(),
            Optional.empty(),
            1);
    assertEquals(List.of(19L, 17L, 15L, 13L, 11L, 9L, 7L, 5L, 3L, 1L), indices(ofSender, 3));
  }

  @Test
  void aMessageIsFoundByEachOfItsTransactions() throws Exception {
    tell(OUT, 5, 6);
    index().onOutcomes(OUT, 5, List.of(Outcome.EXECUTED), MessageStage.EXECUTED, hash(81), 1);
    index().onOutcomes(OUT, 5, List.of(Outcome.EXECUTED), MessageStage.RECEIPT, hash(82), 2);
    awaitStage(OUT, 5, MessageStage.RECEIPT);
    for (Hash32 transaction : List.of(hash(81), hash(82))) {
      MessageQuery query =
          new MessageQuery(
              Optional.empty(),
              Optional.of(transaction),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              5);
      assertEquals(List.of(5L), indices(query, 5));
    }
  }

  @Test
  @Tag("G-4")
  void onlyTheNewestMessagesAreKept() throws Exception {
    for (long first = 1; first <= 5_001; first += 100) {
      tell(OUT, first, first + 99);
    }
    eventually(
        "the oldest are pruned",
        () -> index().find(OUT, 5_100).isPresent() && index().find(OUT, 4_100).isEmpty());
    assertEquals(down(5_100, 4_101), indices(ALL, 200));
    close();
    open();
    tell(OUT, 5_101, 5_101);
    eventually("one in, one out", () -> index().find(OUT, 4_101).isEmpty());
    assertEquals(down(5_101, 4_102), indices(ALL, 200));
    MessageQuery ofSender =
        new MessageQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.of(sender(0)),
            Optional.empty(),
            Optional.empty(),
            1);
    assertEquals(500, indices(ofSender, 100).size());
    MessageQuery ofPruned =
        new MessageQuery(
            Optional.empty(),
            Optional.of(hash(1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    assertEquals(List.of(), indices(ofPruned, 100));
  }

  @Test
  @Tag("G-4")
  void aRangeOfAnyLengthCostsWhatIsKeptOfIt() throws Exception {
    tell(OUT, 1, 900);
    index().onStage(OUT, 1, Long.MAX_VALUE / 2, MessageStage.QUACKED, 5);
    awaitStage(OUT, 900, MessageStage.QUACKED);
    awaitStage(OUT, 1, MessageStage.QUACKED);
  }

  @Test
  @Tag("G-4")
  void aSearchLooksAtABoundedNumberOfRecordsAndCanGoOn() throws Exception {
    tell(OUT, 1, 900);
    index().onStage(OUT, 1, 900, MessageStage.SENT, 1);
    index().onStage(OUT, 3, 3, MessageStage.EXECUTED, 2);
    awaitStage(OUT, 3, MessageStage.EXECUTED);
    MessageQuery executed =
        new MessageQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MessageStage.EXECUTED),
            Optional.empty(),
            10);
    MessageIndex.Page page = index().search(executed);
    assertEquals(List.of(), page.messages());
    assertTrue(page.next().isPresent(), "900 records are more than one page may look at");
    assertEquals(List.of(3L), indices(executed, 10));
  }

  @Test
  @Tag("G-4")
  void updatesBeyondTheQueueAreCountedAndLost() throws Exception {
    tell(OUT, 1, 20_001);
    assertEquals(20_001, store.metrics().snapshot().indexLostMessages());
    tell(OUT, 1, 1);
    eventually("goes on", () -> index().find(OUT, 1).isPresent());
  }

  @Test
  void tokensThatNoPageReturnedAreRefused() {
    for (String token : List.of("", "a", "x1", "a-1", "a1x", "i5", "a99999999999999999999999")) {
      MessageQuery query =
          new MessageQuery(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(token),
              5);
      assertThrows(IllegalArgumentException.class, () -> index().search(query), token);
    }
  }
}
