package dev.mallard.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Validators;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.deliver.DeliveryPlan;
import dev.mallard.deliver.DeliveryTurns;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replica whose turn it always is, on a loop and workers that the test turns by hand. */
class DeliveryRunnerTest {
  private static final int BUNDLES = 3;
  private static final int T = 5;

  private final HandLoop loop = new HandLoop();
  private final HandWorkers workers = new HandWorkers();
  private final FakeJournal journal = new FakeJournal();
  private final Script chain = new Script();
  private final DeliveryLimits limits = new DeliveryLimits(12_000_000, 256, T);
  private final DeliveryRunner runner = runner();
  private long block = 100;

  /** What the chain will say; the newest transaction is still pending unless told otherwise. */
  private static final class Script implements DeliverySubmitter {
    private final List<Long> submitted = new ArrayList<>();
    private Answer<Submission> onSubmit = () -> new Submission.Sent(Blocks.hash(1), 1);
    private Answer<SubmissionStatus> onCheck = Script::pending;

    private static SubmissionStatus pending() {
      return new SubmissionStatus.Pending(new Submission.Sent(Blocks.hash(2), 1));
    }

    @Override
    public Submission submit(Delivery delivery) throws ChainUnavailableException {
      submitted.add(delivery.sequence());
      return onSubmit.get();
    }

    @Override
    public SubmissionStatus check(Submission.Sent submission) throws ChainUnavailableException {
      return onCheck.get();
    }
  }

  private interface Answer<T> {
    T get() throws ChainUnavailableException;
  }

  private DeliveryRunner runner() {
    Validators sources = Validators.ofSource(Blocks.STREAM, 10);
    StakeTable alone = Validators.ofDestination(Blocks.STREAM, 10).table();
    for (BuiltBundle built : Blocks.bundles(BUNDLES)) {
      CertifiedBundle bundle =
          new CertifiedBundle(built.header(), built.body(), sources.certificate(built, 0));
      journal.inbound.put(bundle.sequence(), bundle);
    }
    return new DeliveryRunner(
        Blocks.STREAM,
        loop,
        new DeliveryPlan(new DeliveryTurns(alone, 100), limits, 0, 0, 0),
        limits,
        chain,
        journal,
        workers,
        alone.validators().getFirst().key());
  }

  /** The next block shows so much executed; everything that follows from it is done. */
  private void block(long executed) {
    block++;
    show(executed);
    settle();
  }

  private void show(long executed) {
    BlockRef at = new BlockRef(block, Blocks.hash(block));
    runner.onInbox(new InboxState(at, executed, executed, Epoch.FIRST, Blocks.hash(9)));
  }

  private void settle() {
    while (workers.waiting() > 0 || loop.waiting() > 0) {
      workers.work();
      loop.turn();
    }
    assertNull(loop.haltCause);
  }

  private void hold() {
    show(0);
    runner.onHeld(BUNDLES);
    settle();
  }

  private static SubmissionStatus mined(boolean success) {
    return new SubmissionStatus.Mined(
        Blocks.hash(1), new BlockRef(101, Blocks.hash(101)), success, 21_000);
  }

  @Test
  @Tag("DLV-2")
  void oneTransactionCarriesAllThatIsHeldAndNoSecondFollowsWhileItIsWatched() {
    hold();
    for (int i = 0; i < 4 * T; i++) {
      block(0);
    }
    assertEquals(List.of(3L), chain.submitted);
    assertEquals(1, runner.submitted());
  }

  @Test
  @Tag("DLV-2")
  void whatIsMinedAndSeenIsFollowedByTheNextAtOnce() {
    journal.inbound.keySet().removeIf(sequence -> sequence > 1);
    hold();
    Validators sources = Validators.ofSource(Blocks.STREAM, 10);
    BuiltBundle second = Blocks.bundles(2).getLast();
    journal.inbound.put(
        2L, new CertifiedBundle(second.header(), second.body(), sources.certificate(second, 0)));
    chain.onCheck = () -> mined(true);
    block(1);
    assertEquals(List.of(1L, 2L), chain.submitted);
    assertEquals("", runner.trouble());
  }

  /** Each end of a submission lets the next one begin, by blocks, and says why it failed. */
  @Test
  @Tag("DLV-2")
  void howeverASubmissionFailsItIsTriedAgainAndNamed() {
    List<Answer<Submission>> failures =
        List.of(
            () -> {
              throw new ChainUnavailableException("away, as the test wants it");
            },
            () -> new Submission.Refused("WrongEpoch"),
            () -> new Submission.CannotPay("no funds"),
            () -> {
              throw new IllegalStateException("a bug, as the test wants it");
            },
            () -> {
              throw new NoClassDefFoundError("a bug of another kind");
            });
    for (Answer<Submission> failure : failures) {
      DeliveryRunnerTest fresh = new DeliveryRunnerTest();
      fresh.chain.onSubmit = failure;
      fresh.hold();
      assertTrue(!fresh.runner.trouble().isEmpty());
      assertEquals(1, fresh.chain.submitted.size());
      fresh.block(0);
      assertEquals(1, fresh.chain.submitted.size(), "not at once");
      fresh.block(0);
      assertEquals(2, fresh.chain.submitted.size());
    }
  }

  @Test
  @Tag("DLV-2")
  void aStoreThatCannotBeReadAndWorkersThatAreBusyAreWaitedFor() {
    workers.room = 0;
    hold();
    assertEquals("the workers are busy", runner.trouble());
    workers.room = 1;
    journal.isSick = true;
    block(0);
    block(0);
    assertTrue(runner.trouble().contains("store"), runner.trouble());
    journal.isSick = false;
    for (int i = 0; i < 4; i++) {
      block(0);
    }
    assertEquals(List.of(3L), chain.submitted);
  }

  @Test
  @Tag("DLV-2")
  void bundlesThatAreNoLongerStoredAreLeftToTheInbox() {
    journal.inbound.clear();
    hold();
    block(0);
    block(BUNDLES);
    assertEquals(List.of(), chain.submitted);
    assertEquals("", runner.trouble());
    assertEquals(Optional.empty(), runner.turn());
  }

  @Test
  @Tag("DLV-2")
  void anRpcThatIsAwayDuringACheckOnlyDelaysIt() {
    hold();
    chain.onCheck =
        () -> {
          throw new ChainUnavailableException("away, as the test wants it");
        };
    for (int i = 0; i < 4 * T; i++) {
      block(0);
    }
    chain.onCheck = () -> mined(true);
    block(BUNDLES);
    assertEquals(List.of(3L), chain.submitted);
    assertEquals(0, runner.failed());
    assertEquals("", runner.trouble());
  }

  /** Forgetting the transaction because nobody could look at it would send a second one. */
  @Test
  @Tag("DLV-2")
  void workersThatAreBusyDuringACheckOnlyDelayIt() {
    hold();
    workers.room = 0;
    for (int i = 0; i < 4 * T; i++) {
      block(0);
    }
    workers.room = 1;
    block(0);
    assertEquals(List.of(3L), chain.submitted);
    assertEquals("", runner.trouble());
  }

  @Test
  @Tag("DLV-2")
  void aTransactionThatRevertsIsDroppedOrMeetsABugIsReplacedLater() {
    List<Answer<SubmissionStatus>> ends =
        List.of(
            () -> mined(false),
            SubmissionStatus.Dropped::new,
            () -> {
              throw new IllegalStateException("a bug, as the test wants it");
            });
    for (Answer<SubmissionStatus> end : ends) {
      DeliveryRunnerTest fresh = new DeliveryRunnerTest();
      fresh.hold();
      fresh.chain.onCheck = end;
      fresh.block(0);
      assertTrue(!fresh.runner.trouble().isEmpty());
      fresh.chain.onCheck = Script::pending;
      fresh.block(0);
      assertEquals(1, fresh.chain.submitted.size(), "not at once");
      fresh.block(0);
      assertEquals(2, fresh.chain.submitted.size());
    }
  }

  @Test
  @Tag("DLV-3")
  void aDeliveryThatAReorganisationTakesBackIsMadeAgain() {
    hold();
    chain.onCheck = () -> mined(true);
    block(BUNDLES);
    chain.onCheck = Script::pending;
    assertEquals(Optional.empty(), runner.turn());
    block(0);
    assertEquals(List.of(3L, 3L), chain.submitted);
  }

  @Test
  @Tag("DLV-3")
  void aReorganisationWhileACheckIsUnderWayLeavesOneTransaction() {
    hold();
    block++;
    show(BUNDLES); // a worker has the check, and has not begun
    block++;
    show(0); // taken back meanwhile
    settle();
    block(0);
    assertEquals(List.of(3L), chain.submitted, "the first one is still pending");
    chain.onCheck = SubmissionStatus.Dropped::new;
    block(0);
    chain.onCheck = Script::pending;
    block(0);
    block(0);
    assertEquals(List.of(3L, 3L), chain.submitted);
  }

  @Test
  void aChainThatStandsStillIsAskedAboutTheTransactionAllTheSame() {
    hold();
    chain.onCheck = () -> mined(false);
    runner.onTick(loop.now);
    settle();
    assertEquals(0, runner.failed());
    loop.now += 5_000;
    runner.onTick(loop.now);
    settle();
    assertEquals(1, runner.failed());
  }
}
