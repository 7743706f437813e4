package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static dev.mallard.store.StoreFixtures.OUT;
import static dev.mallard.store.StoreFixtures.await;
import static dev.mallard.store.StoreFixtures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeStoreTest {
  @TempDir Path folder;
  private BridgeStore store;

  @BeforeEach
  void open() throws Exception {
    store = BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() throws Exception {
    store.close();
    open();
  }

  @Test
  void anEmptyStoreRemembersNothing() throws Exception {
    assertEquals(
        new RecoveredSource(Optional.empty(), 0, Optional.empty(), 0, Map.of(), List.of()),
        store.loadSource(OUT));
    assertEquals(new RecoveredDestination(0, 0, List.of()), store.loadDestination(IN));
    assertTrue(store.readInbound(IN, 1).isEmpty());
  }

  @Test
  @Tag("G-3")
  void theSourceSideComesBackAsItWasCommitted() throws Exception {
    for (long sequence = 1; sequence <= 5; sequence++) {
      await(store.commit(StoreFixtures.built(sequence)));
    }
    await(
        store.commit(List.of(new StoreWrite.OutboundCertified(StoreFixtures.certificate(OUT, 4)))));
    await(store.commit(List.of(new StoreWrite.QuackFrontier(OUT, 3, StoreFixtures.acks(3)))));
    reopen();

    RecoveredSource source = store.loadSource(OUT);
    assertEquals(Optional.of(StoreFixtures.cursor(5)), source.cursor());
    assertEquals(5, source.lastSequence());
    assertEquals(Optional.of(StoreFixtures.attestation(OUT, 5)), source.highWater());
    assertEquals(3, source.quacked());
    assertEquals(StoreFixtures.acks(3), source.acks());
    assertEquals(
        List.of(
            new RecoveredSource.Outbound(
                StoreFixtures.header(OUT, 4),
                StoreFixtures.body(4),
                Optional.of(StoreFixtures.certificate(OUT, 4))),
            new RecoveredSource.Outbound(
                StoreFixtures.header(OUT, 5), StoreFixtures.body(5), Optional.empty())),
        source.outbound());
  }

  @Test
  @Tag("G-3")
  void theDestinationSideComesBackWithItsGaps() throws Exception {
    for (long sequence : new long[] {1, 2, 3, 5, 300}) {
      await(store.commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(sequence)))));
    }
    await(store.commit(List.of(new StoreWrite.InboundExecuted(IN, 2, 6))));
    reopen();

    RecoveredDestination destination = store.loadDestination(IN);
    assertEquals(2, destination.executedSequence());
    assertEquals(6, destination.executedCount());
    assertEquals(
        List.of(
            StoreFixtures.header(IN, 3),
            StoreFixtures.header(IN, 5),
            StoreFixtures.header(IN, 300)),
        destination.held());
    assertEquals(Optional.of(StoreFixtures.inbound(1)), store.readInbound(IN, 1));
    assertEquals(Optional.of(StoreFixtures.inbound(300)), store.readInbound(IN, 300));
    assertTrue(store.readInbound(IN, 4).isEmpty());
  }

  @Test
  @Tag("RECV-3")
  void waitingCommitsShareAnFsyncAndCompleteInOrder() throws Exception {
    List<Integer> completed = new ArrayList<>();
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      int number = i;
      futures.add(
          store
              .commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(number))))
              .thenRun(() -> completed.add(number)));
    }
    for (CompletableFuture<Void> future : futures) {
      await(future);
    }
    assertEquals(IntStream.rangeClosed(1, 500).boxed().toList(), completed);
    StoreMetrics.Snapshot metrics = store.metrics().snapshot();
    assertEquals(500, metrics.commits());
    assertTrue(metrics.batches() < 500, "one fsync for each commit: " + metrics);
    assertEquals(500, store.loadDestination(IN).held().size());
  }

  @Test
  @Tag("CERT-1")
  void aSecondAttestationForOneCountIsRefusedAndTheStoreStaysWell() throws Exception {
    await(store.commit(StoreFixtures.built(1)));
    await(store.commit(StoreFixtures.built(2)));
    reopen();
    Attestation signed = StoreFixtures.attestation(OUT, 2);
    List<Attestation> liars =
        List.of(
            new Attestation(OUT, Epoch.FIRST, 2, 6, StoreFixtures.hash(99), signed.header()),
            new Attestation(OUT, Epoch.FIRST, 2, 6, signed.acc(), StoreFixtures.hash(99)),
            new Attestation(OUT, Epoch.FIRST, 3, 6, signed.acc(), signed.header()),
            new Attestation(OUT, Epoch.FIRST, 2, 7, signed.acc(), signed.header()),
            new Attestation(OUT, Epoch.FIRST.next(), 2, 6, signed.acc(), signed.header()),
            new Attestation(OUT, Epoch.FIRST, 1, 3, StoreFixtures.hash(99), signed.header()),
            new Attestation(OUT, Epoch.FIRST, 1, 2, signed.acc(), signed.header()));
    for (Attestation liar : liars) {
      List<StoreWrite> commit =
          List.of(
              new StoreWrite.Cursor(OUT, StoreFixtures.cursor(9), 9),
              new StoreWrite.HighWater(liar));
      assertInstanceOf(
          ContradictionException.class, failureOf(store.commit(commit)), liar.toString());
    }
    assertEquals(Optional.of(StoreFixtures.cursor(2)), store.loadSource(OUT).cursor());
    assertEquals(Optional.of(signed), store.loadSource(OUT).highWater());
    assertEquals(liars.size(), store.metrics().snapshot().contradictions());
    await(store.commit(StoreFixtures.built(3)));
    assertTrue(store.failure().isEmpty());
  }

  @Test
  @Tag("CERT-1")
  void whatWasSignedMayBeSignedAgain() throws Exception {
    for (long sequence = 1; sequence <= 3; sequence++) {
      await(store.commit(StoreFixtures.built(sequence)));
    }
    reopen();
    for (long sequence = 1; sequence <= 3; sequence++) {
      await(
          store.commit(
              List.of(new StoreWrite.HighWater(StoreFixtures.attestation(OUT, sequence)))));
    }
    assertEquals(Optional.of(StoreFixtures.attestation(OUT, 3)), store.loadSource(OUT).highWater());
  }

  @Test
  @Tag("CERT-1")
  void aContradictionWithinOneGroupIsFoundToo() throws Exception {
    List<CompletableFuture<Void>> good = new ArrayList<>();
    for (long sequence = 1; sequence <= 50; sequence++) {
      good.add(store.commit(StoreFixtures.built(sequence)));
    }
    Attestation liar =
        new Attestation(OUT, Epoch.FIRST, 7, 21, StoreFixtures.hash(99), StoreFixtures.hash(98));
    CompletableFuture<Void> bad = store.commit(List.of(new StoreWrite.HighWater(liar)));
    assertInstanceOf(ContradictionException.class, failureOf(bad));
    for (CompletableFuture<Void> future : good) {
      await(future);
    }
  }

  @Test
  @Tag("GC-1")
  void quackedBundlesGoAndTheFrontierNeverMovesBack() throws Exception {
    for (long sequence = 1; sequence <= 5; sequence++) {
      await(store.commit(StoreFixtures.built(sequence)));
    }
    await(store.commit(List.of(new StoreWrite.QuackFrontier(OUT, 4, StoreFixtures.acks(4)))));
    await(store.commit(List.of(new StoreWrite.QuackFrontier(OUT, 2, StoreFixtures.acks(2)))));
    await(
        store.commit(
            List.of(new StoreWrite.Outbound(StoreFixtures.header(OUT, 3), StoreFixtures.body(3)))));
    reopen();
    RecoveredSource source = store.loadSource(OUT);
    assertEquals(4, source.quacked());
    assertEquals(StoreFixtures.acks(4), source.acks());
    assertEquals(
        List.of(5L), source.outbound().stream().map(own -> own.header().sequence()).toList());
  }

  @Test
  @Tag("GC-1")
  void aLongStepOfTheFrontierDropsEverythingBehindIt() throws Exception {
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    for (long sequence = 1; sequence <= 3_000; sequence++) {
      futures.add(store.commit(StoreFixtures.built(sequence)));
    }
    for (CompletableFuture<Void> future : futures) {
      await(future);
    }
    await(
        store.commit(List.of(new StoreWrite.QuackFrontier(OUT, 2_999, StoreFixtures.acks(2_999)))));
    reopen();
    assertEquals(
        List.of(3_000L),
        store.loadSource(OUT).outbound().stream().map(own -> own.header().sequence()).toList());
  }

  @Test
  @Tag("GC-1")
  void droppedInboundBundlesGoAndStayGone() throws Exception {
    for (long sequence = 1; sequence <= 4; sequence++) {
      await(store.commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(sequence)))));
    }
    await(store.commit(List.of(new StoreWrite.InboundExecuted(IN, 3, 9))));
    await(store.commit(List.of(new StoreWrite.InboundDropped(IN, 2))));
    await(store.commit(List.of(new StoreWrite.InboundDropped(IN, 1))));
    await(store.commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(2)))));
    reopen();
    assertTrue(store.readInbound(IN, 2).isEmpty());
    assertTrue(store.readInbound(IN, 3).isPresent());
    assertEquals(List.of(StoreFixtures.header(IN, 4)), store.loadDestination(IN).held());
  }

  @Test
  @Tag("GC-3")
  void whatTheInboxExecutedNeverGoesBackNorContradictsItself() throws Exception {
    await(store.commit(List.of(new StoreWrite.InboundExecuted(IN, 5, 15))));
    await(store.commit(List.of(new StoreWrite.InboundExecuted(IN, 4, 12))));
    await(store.commit(List.of(new StoreWrite.InboundExecuted(IN, 5, 15))));
    assertInstanceOf(
        ContradictionException.class,
        failureOf(store.commit(List.of(new StoreWrite.InboundExecuted(IN, 6, 14)))));
    reopen();
    assertEquals(new RecoveredDestination(5, 15, List.of()), store.loadDestination(IN));
  }

  @Test
  @Tag("CATCH-1")
  void recoveryReadsWhatIsPendingWhateverWentBefore() throws Exception {
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (long sequence = 1; sequence <= 5_000; sequence++) {
      List<StoreWrite> step = new ArrayList<>(StoreFixtures.built(sequence));
      step.add(new StoreWrite.QuackFrontier(OUT, sequence - 1, StoreFixtures.acks(sequence - 1)));
      step.add(new StoreWrite.Inbound(StoreFixtures.inbound(sequence)));
      step.add(new StoreWrite.InboundExecuted(IN, sequence, sequence * StoreFixtures.ENTRIES));
      last = store.commit(step);
    }
    await(last);
    reopen();
    assertEquals(1, store.loadSource(OUT).outbound().size());
    assertEquals(5_000, store.loadSource(OUT).lastSequence());
    assertEquals(List.of(), store.loadDestination(IN).held());
    assertTrue(store.readInbound(IN, 17).isPresent(), "executed, but not dropped");
  }

  @Test
  @Tag("G-4")
  void aFullQueueRefusesWithoutLosingWhatItTook() throws Exception {
    store.close();
    StoreLimits d = StoreLimits.defaults();
    StoreLimits narrow =
        new StoreLimits(
            2,
            d.journalQueueBytesMax(),
            d.groupCommitsMax(),
            d.groupBytesMax(),
            d.commitBytesMax(),
            d.indexQueueMessagesMax(),
            d.messagesMax(),
            d.searchScanMax(),
            d.blockCacheBytes(),
            d.writeBuffersBytes(),
            d.walBytesMax(),
            d.openFilesMax());
    store = BridgeStore.open(folder, StoreFixtures.identity(), narrow);
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    Optional<CompletableFuture<Void>> refused = Optional.empty();
    for (long sequence = 1; sequence < 100_000 && refused.isEmpty(); sequence++) {
      CompletableFuture<Void> future =
          store.commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(sequence))));
      if (future.isCompletedExceptionally()) {
        refused = Optional.of(future);
      } else {
        taken.add(future);
      }
    }
    assertInstanceOf(JournalFullException.class, failureOf(refused.orElseThrow()));
    for (CompletableFuture<Void> future : taken) {
      await(future);
    }
    assertEquals(taken.size(), store.loadDestination(IN).held().size());
    assertEquals(1, store.metrics().snapshot().overflows());
    StoreFixtures.eventually("room again", () -> store.hasRoom(1_000));
    assertFalse(store.hasRoom(d.journalQueueBytesMax() + 1));
    assertTrue(store.failure().isEmpty());
  }

  @Test
  @Tag("G-4")
  void aCommitAboveItsLimitIsRefused() throws Exception {
    StoreWrite huge =
        new StoreWrite.Outbound(
            StoreFixtures.header(OUT, 1),
            StoreFixtures.body(1, StoreLimits.defaults().commitBytesMax()));
    Throwable failure = failureOf(store.commit(List.of(huge)));
    assertInstanceOf(IllegalArgumentException.class, failure);
    assertTrue(failure.getMessage().contains("commitBytesMax"), failure.getMessage());
    await(store.commit(StoreFixtures.built(1)));
  }

  @Test
  void aStreamThatIsNotTheStoresIsRefused() throws Exception {
    StoreWrite stranger = new StoreWrite.InboundExecuted(StreamId.parse("1-77"), 1, 1);
    assertInstanceOf(IllegalArgumentException.class, failureOf(store.commit(List.of(stranger))));
  }

  @Test
  void stakeTablesComeBackExactly() throws Exception {
    RsmId rsm = new RsmId(2);
    Stake whale = new Stake(BigInteger.TWO.pow(255));
    StakeTable table =
        new StakeTable(
            rsm,
            new Epoch(3),
            List.of(
                new Validator(0, StoreFixtures.address(1), whale),
                new Validator(1, StoreFixtures.address(2), Stake.ZERO)),
            FaultModel.bft(whale));
    await(store.commit(List.of(new StoreWrite.Stakes(IN, table))));
    reopen();
    assertEquals(Optional.of(table), store.readStakes(rsm, new Epoch(3)));
    assertTrue(store.readStakes(rsm, new Epoch(4)).isEmpty());
  }

  @Test
  @Tag("G-3")
  void closingCommitsWhatWaitsAndRefusesWhatComesAfter() throws Exception {
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    for (long sequence = 1; sequence <= 200; sequence++) {
      futures.add(store.commit(StoreFixtures.built(sequence)));
    }
    store.close();
    for (CompletableFuture<Void> future : futures) {
      await(future);
    }
    assertInstanceOf(StoreException.class, failureOf(store.commit(StoreFixtures.built(201))));
    open();
    assertEquals(200, store.loadSource(OUT).lastSequence());
  }

  @Test
  @Tag("CERT-1")
  void whatWasSignedBehindTheQuackFrontierIsStillRemembered() throws Exception {
    for (long sequence = 1; sequence <= 5; sequence++) {
      await(store.commit(StoreFixtures.built(sequence)));
    }
    await(store.commit(List.of(new StoreWrite.QuackFrontier(OUT, 5, StoreFixtures.acks(5)))));
    reopen();
    await(store.commit(List.of(new StoreWrite.HighWater(StoreFixtures.attestation(OUT, 2)))));
    Attestation liar =
        new Attestation(OUT, Epoch.FIRST, 2, 6, StoreFixtures.hash(99), StoreFixtures.hash(98));
    assertInstanceOf(
        ContradictionException.class,
        failureOf(store.commit(List.of(new StoreWrite.HighWater(liar)))));
  }

  @Test
  @Tag("CERT-1")
  @Tag("G-4")
  void whatWasSignedFarBehindTheQuackFrontierIsForgottenAndNotSignedAgain() throws Exception {
    await(store.commit(StoreFixtures.built(1)));
    long far = JournalBatch.ATTESTED_BEHIND_MAX + 10;
    await(store.commit(StoreFixtures.built(far)));
    await(store.commit(List.of(new StoreWrite.QuackFrontier(OUT, far, StoreFixtures.acks(far)))));
    assertInstanceOf(
        ContradictionException.class,
        failureOf(
            store.commit(List.of(new StoreWrite.HighWater(StoreFixtures.attestation(OUT, 1))))));
    await(store.commit(List.of(new StoreWrite.HighWater(StoreFixtures.attestation(OUT, far)))));
  }

  @Test
  @Tag("CERT-3")
  void theNewestEvidenceOfEachLiarIsKept() throws Exception {
    StoreWrite.Evidence older = evidence(3, 7);
    StoreWrite.Evidence newer = evidence(3, 8);
    StoreWrite.Evidence other = evidence(0, 8);
    await(store.commit(List.of(older)));
    await(store.commit(List.of(newer, other)));
    reopen();
    assertEquals(List.of(other, newer), store.readEvidence(OUT));
    assertEquals(List.of(), store.readEvidence(IN));
  }

  private static StoreWrite.Evidence evidence(int replica, long sequence) {
    Attestation one = StoreFixtures.attestation(OUT, sequence);
    Attestation other =
        new Attestation(
            OUT, one.epoch(), one.sequence(), one.count(), StoreFixtures.hash(99), one.header());
    return new StoreWrite.Evidence(
        OUT,
        replica,
        new SignedAttestation(one, StoreFixtures.signature(1)),
        new SignedAttestation(other, StoreFixtures.signature(2)));
  }
}
