package dev.mallard.testnet.sim.disk;

import static dev.mallard.testnet.sim.disk.Records.IN;
import static dev.mallard.testnet.sim.disk.Records.OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Attestation;
import dev.mallard.stake.Epoch;
import dev.mallard.store.ContradictionException;
import dev.mallard.store.JournalFullException;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreLimits;
import dev.mallard.store.StoreWrite;
import dev.mallard.testnet.sim.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class VirtualJournalTest {
  private static final long SYNC_MILLIS = 5;
  private static final int SEEDS = 200;
  private static final int LIVES = 5;
  private static final int STEPS_MAX = 60;
  private static final int QUACK_LAG = 4;

  private final VirtualDisk disk = new VirtualDisk("virtual");
  private final Timeline timeline = new Timeline();
  private final List<String> story = new ArrayList<>();
  private VirtualJournal journal = open();

  @BeforeEach
  void begin() {
    journal = open();
  }

  private VirtualJournal open() {
    return VirtualJournal.open(
        disk, Records.identity(), StoreLimits.defaults(), timeline, () -> SYNC_MILLIS);
  }

  /** A commit and what it was told. */
  private static final class Told {
    private Optional<Throwable> failure = Optional.empty();
  }

  private Told commit(String name, StoreWrite... writes) {
    Told told = new Told();
    CompletableFuture<Void> _ =
        journal
            .commit(List.of(writes))
            .whenComplete((nothing, failure) -> {
              told.failure = Optional.ofNullable(failure);
              String outcome = failure == null ? " durable " : " refused ";
              story.add(name + outcome + timeline.now());
            });
    return told;
  }

  private void runUntil(long millis) {
    while (timeline.advance(millis)) {
      // the events tell the story
    }
  }

  @Test
  @Tag("RECV-3")
  @Tag("G-3")
  void commitsThatWaitShareAnFsyncAndCompleteBehindItInOrder() {
    commit("a", Records.inbound(1));
    commit("b", Records.inbound(2));
    timeline.after(1, () -> commit("c", Records.inbound(3)));
    timeline.after(4, () -> commit("d", Records.inbound(4)));
    runUntil(4);
    assertEquals(List.of(), story);
    runUntil(100);
    assertEquals(List.of("a durable 5", "b durable 5", "c durable 10", "d durable 10"), story);
    assertEquals(2, journal.metrics().snapshot().batches());
    assertEquals(4, journal.metrics().snapshot().commits());
  }

  @Test
  void aCommitMadeWhenAnotherCompletesJoinsTheNextGroup() {
    CompletableFuture<Void> _ =
        journal.commit(List.of(Records.inbound(1))).thenRun(() -> commit("b", Records.inbound(2)));
    runUntil(100);
    assertEquals(List.of("b durable 10"), story);
  }

  @Test
  @Tag("CERT-1")
  void whatContradictsTheDurableIsRefusedAlone() throws Exception {
    commit("a", Records.built(1).toArray(StoreWrite[]::new));
    Told liar = commit("liar", new StoreWrite.HighWater(lie(1)));
    commit("b", Records.built(2).toArray(StoreWrite[]::new));
    runUntil(100);
    assertEquals(List.of("a durable 5", "liar refused 5", "b durable 5"), story);
    assertInstanceOf(ContradictionException.class, liar.failure.orElseThrow());
    assertEquals(Optional.of(Records.attestation(OUT, 2)), journal.loadSource(OUT).highWater());
  }

  @Test
  @Tag("G-3")
  void aGroupThatIsUnderWayAtACrashIsThereWholeOrNotAtAll() throws Exception {
    for (CrashFate fate : List.of(CrashFate.LOST, CrashFate.KEPT, CrashFate.tornBehind(0))) {
      VirtualDisk fresh = new VirtualDisk("fresh");
      journal = open(fresh);
      story.clear();
      long begun = timeline.now();
      commit("a", Records.inbound(1));
      runUntil(begun + 7);
      commit("b", Records.inbound(2));
      commit("c", Records.inbound(3));
      runUntil(begun + 9);
      commit("d", Records.inbound(4));
      journal.crash(fate);
      runUntil(begun + 100);
      assertEquals(1, story.size(), "a life that is over told " + story);
      journal = open(fresh);
      List<Long> held = fate.kept(1) == 1 ? List.of(1L, 2L, 3L) : List.of(1L);
      assertEquals(held, held(journal));
      assertEquals(
          held.contains(2L) ? Optional.of(Records.inbound(2).bundle()) : Optional.empty(),
          journal.readInbound(IN, 2));
    }
  }

  private VirtualJournal open(VirtualDisk fresh) {
    return VirtualJournal.open(
        fresh, Records.identity(), StoreLimits.defaults(), timeline, () -> SYNC_MILLIS);
  }

  @Test
  @Tag("CERT-1")
  void theNextLifeSignsNothingElse() throws Exception {
    commit("a", Records.built(1).toArray(StoreWrite[]::new));
    runUntil(3);
    journal.crash(CrashFate.KEPT);
    journal = open();
    Told liar = commit("liar", new StoreWrite.HighWater(lie(1)));
    commit("again", Records.built(1).toArray(StoreWrite[]::new));
    runUntil(100);
    assertInstanceOf(ContradictionException.class, liar.failure.orElseThrow());
    assertEquals(List.of("liar refused 8", "again durable 8"), story);
  }

  @Test
  void aDeadLifeSaysNothing() {
    commit("a", Records.inbound(1));
    journal.crash(CrashFate.KEPT);
    commit("b", Records.inbound(2));
    runUntil(100);
    assertEquals(List.of(), story);
    assertFalse(journal.hasRoom(1));
    assertThrows(StoreException.class, () -> journal.loadSource(OUT));
    assertThrows(StoreException.class, () -> journal.loadDestination(IN));
    assertThrows(StoreException.class, () -> journal.readInbound(IN, 1));
    assertThrows(IllegalStateException.class, () -> journal.crash(CrashFate.LOST));
  }

  @Test
  void aCrashInACompletionEndsTheGroupsOtherFutures() throws Exception {
    CompletableFuture<Void> _ =
        journal.commit(List.of(Records.inbound(1))).thenRun(() -> journal.crash(CrashFate.LOST));
    commit("b", Records.inbound(2));
    runUntil(100);
    assertEquals(List.of(), story);
    assertEquals(List.of(1L, 2L), held(open()));
  }

  @Test
  @Tag("G-3")
  void aFullDiskAcknowledgesNothingUntilTheNextLife() throws Exception {
    commit("a", Records.inbound(1));
    runUntil(10);
    disk.fill();
    Told full = commit("b", Records.inbound(2));
    runUntil(20);
    disk.freeSpace();
    Told later = commit("c", Records.inbound(3));
    runUntil(30);
    assertEquals(List.of("a durable 5", "b refused 15", "c refused 20"), story);
    assertTrue(full.failure.orElseThrow().getMessage().contains("no space"), story.toString());
    assertInstanceOf(StoreException.class, later.failure.orElseThrow());
    assertEquals(List.of(1L), held(journal), "reads go on");
    journal.crash(CrashFate.LOST);
    journal = open();
    commit("d", Records.inbound(2));
    runUntil(100);
    assertEquals(List.of(1L, 2L), held(journal));
  }

  @Test
  @Tag("G-3")
  void anErrorOfReadingUnderACommitAcknowledgesNothing() throws Exception {
    disk.failReads(1);
    Told failed = commit("a", Records.inbound(1));
    runUntil(10);
    assertInstanceOf(StoreException.class, failed.failure.orElseThrow());
    assertTrue(disk.failure().isPresent());
    disk.failReads(1);
    assertThrows(StoreException.class, () -> journal.loadSource(OUT));
    assertEquals(List.of(), held(journal));
  }

  @Test
  @Tag("G-4")
  void aFullQueueIsNoSickDisk() throws Exception {
    int max = StoreLimits.defaults().journalQueueCommitsMax();
    for (int sequence = 1; sequence <= max; sequence++) {
      assertTrue(journal.hasRoom(1));
      commit("a", Records.inbound(sequence));
    }
    assertFalse(journal.hasRoom(1));
    Told refused = commit("b", Records.inbound(max + 1));
    assertInstanceOf(JournalFullException.class, refused.failure.orElseThrow());
    runUntil(5);
    assertTrue(journal.hasRoom(1));
    commit("again", Records.inbound(max + 1));
    runUntil(1_000);
    assertEquals(max + 1, held(journal).size());
  }

  /**
   * Random commits and crashes: each life finds what was acknowledged, whole steps only, and a
   * prefix of what was committed.
   */
  @Test
  @Tag("G-3")
  @Tag("CERT-1")
  void whatWasAcknowledgedOutlivesEveryCrash() throws Exception {
    int lost = 0;
    int kept = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      VirtualDisk fresh = new VirtualDisk("seed " + seed);
      long durable = 0;
      for (int life = 0; life < LIVES; life++) {
        VirtualJournal living =
            VirtualJournal.open(
                fresh,
                Records.identity(),
                StoreLimits.defaults(),
                timeline,
                () -> random.nextInt(20));
        long[] acknowledged = {durable};
        long committed = durable;
        for (int steps = random.nextInt(STEPS_MAX); steps > 0; steps--) {
          long number = ++committed;
          CompletableFuture<Void> _ =
              living.commit(step(number)).thenRun(() -> acknowledged[0] = number);
          runUntil(timeline.now() + random.nextInt(10));
        }
        living.crash(underWay -> random.nextInt(underWay + 1));
        VirtualJournal next = open(fresh);
        long found = next.loadSource(OUT).lastSequence();
        String where = "seed " + seed + ", life " + life;
        assertTrue(acknowledged[0] <= found && found <= committed, where);
        checkStep(next, found, where);
        lost += found < committed ? 1 : 0;
        kept += found > acknowledged[0] ? 1 : 0;
        durable = found;
        next.crash(CrashFate.LOST);
      }
    }
    assertTrue(lost > 0 && kept > 0, lost + " lives lost commits, " + kept + " kept some");
  }

  private static List<StoreWrite> step(long number) {
    List<StoreWrite> step = new ArrayList<>(Records.built(number));
    step.add(Records.inbound(number));
    if (number > QUACK_LAG) {
      long behind = number - QUACK_LAG;
      step.add(Records.frontier(behind));
      step.add(new StoreWrite.InboundExecuted(IN, behind, behind * Records.ENTRIES));
    }
    return step;
  }

  private static void checkStep(VirtualJournal journal, long last, String where)
      throws StoreException {
    long behind = Math.max(0, last - QUACK_LAG);
    RecoveredSource source = journal.loadSource(OUT);
    List<Long> pending = LongStream.rangeClosed(behind + 1, last).boxed().toList();
    assertEquals(behind, source.quacked(), where);
    assertEquals(
        pending, source.outbound().stream().map(own -> own.header().sequence()).toList(), where);
    if (last > 0) {
      assertEquals(Optional.of(Records.attestation(OUT, last)), source.highWater(), where);
    }
    RecoveredDestination destination = journal.loadDestination(IN);
    assertEquals(behind, destination.executedSequence(), where);
    assertEquals(pending, held(journal), where);
  }

  private static List<Long> held(VirtualJournal journal) throws StoreException {
    return journal.loadDestination(IN).held().stream().map(BundleHeader::sequence).toList();
  }

  private static Attestation lie(long sequence) {
    return new Attestation(
        OUT, Epoch.FIRST, sequence, sequence * Records.ENTRIES, Records.hash(99), Records.hash(98));
  }
}
