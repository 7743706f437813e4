package dev.mallard.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.certify.Validators;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The plan of a replica that is alone, so that every turn is its own, unless a test says otherwise.
 */
class DeliveryPlanTest {
  private static final int T = 5;
  private static final DeliveryLimits LIMITS = new DeliveryLimits(12_000_000, 256, T);

  private final DeliveryPlan plan = plan(Validators.ofDestination(Blocks.STREAM, 10).table(), 0);

  private static DeliveryPlan plan(StakeTable table, int self) {
    return new DeliveryPlan(new DeliveryTurns(table, 100), LIMITS, self, 0, 0);
  }

  @Test
  @Tag("DLV-2")
  void nothingIsDueBeforeTheInboxWasSeen() {
    plan.onHeld(4);
    assertEquals(Optional.empty(), plan.next());
    assertEquals(Optional.empty(), plan.turn());
    plan.onInbox(1, 100);
    assertEquals(Optional.of(new DeliveryPlan.Range(2, 4)), plan.next());
  }

  @Test
  @Tag("DLV-2")
  void whatWasDueBeforeARestartIsLeftToWhoeverTookOverForTBlocksOrUntilTheInboxMoves() {
    StakeTable alone = Validators.ofDestination(Blocks.STREAM, 10).table();
    DeliveryPlan waits = new DeliveryPlan(new DeliveryTurns(alone, 100), LIMITS, 0, 4, 4);
    for (int block = 100; block < 100 + T; block++) {
      waits.onInbox(1, block);
      assertEquals(Optional.empty(), waits.next());
    }
    waits.onInbox(1, 100 + T);
    assertEquals(Optional.of(new DeliveryPlan.Range(2, 4)), waits.next());

    DeliveryPlan sees = new DeliveryPlan(new DeliveryTurns(alone, 100), LIMITS, 0, 4, 4);
    sees.onInbox(1, 100);
    sees.onInbox(3, 101);
    assertEquals(Optional.of(new DeliveryPlan.Range(4, 4)), sees.next());
  }

  @Test
  @Tag("DLV-2")
  void whatWasHeldBeyondAGapThatTheInboxHasClosedWasDueBeforeARestartToo() {
    StakeTable alone = Validators.ofDestination(Blocks.STREAM, 10).table();
    DeliveryPlan waits = new DeliveryPlan(new DeliveryTurns(alone, 100), LIMITS, 0, 6, 8);
    waits.onInbox(7, 100);
    waits.onHeld(8);
    assertEquals(Optional.empty(), waits.next());
    waits.onInbox(7, 100 + T);
    assertEquals(Optional.of(new DeliveryPlan.Range(8, 8)), waits.next());
  }

  @Test
  @Tag("DLV-2")
  void oneSubmissionIsUnderWayAtATime() {
    plan.onInbox(0, 100);
    plan.onHeld(1);
    assertTrue(plan.next().isPresent());
    plan.onHeld(2);
    plan.onInbox(0, 101);
    assertEquals(Optional.empty(), plan.next());
  }

  @Test
  @Tag("DLV-2")
  void afterASuccessTheNextGoesAsSoonAsTheInboxWasSeenToMove() {
    plan.onInbox(0, 100);
    plan.onHeld(2);
    plan.next();
    plan.onSubmissionEnded(true);
    assertEquals(Optional.empty(), plan.next());
    plan.onInbox(1, 101);
    assertEquals(Optional.of(new DeliveryPlan.Range(2, 2)), plan.next());

    plan.onInbox(2, 102);
    plan.onHeld(3);
    plan.onSubmissionEnded(true);
    assertEquals(Optional.of(new DeliveryPlan.Range(3, 3)), plan.next());
  }

  @Test
  @Tag("DLV-2")
  void failuresAreTriedAgainAfterEverMoreBlocksAndForgottenWhenTheInboxMoves() {
    plan.onInbox(0, 100);
    plan.onHeld(1);
    long block = 100;
    long lastGap = 0;
    for (int failure = 0; failure < 8; failure++) {
      assertTrue(plan.next().isPresent());
      plan.onSubmissionEnded(false);
      long gap = 0;
      while (plan.turn().isPresent() && !isDueAt(++block)) {
        gap++;
      }
      assertTrue(gap >= lastGap && gap < 32, "gap of " + gap + " blocks after " + lastGap);
      lastGap = gap;
      plan.onSubmissionEnded(true);
      plan.onInbox(0, ++block);
    }
    plan.onHeld(2);
    plan.next();
    plan.onSubmissionEnded(false);
    plan.onInbox(1, ++block);
    assertTrue(plan.next().isPresent());
  }

  private boolean isDueAt(long block) {
    plan.onInbox(0, block);
    return plan.next().isPresent();
  }

  @Test
  @Tag("DLV-3")
  void aReorganisationThatTakesADeliveryBackMakesItDueAgain() {
    plan.onInbox(0, 100);
    plan.onHeld(2);
    plan.next();
    plan.onInbox(2, 101);
    plan.onSubmissionEnded(true);
    assertEquals(Optional.empty(), plan.turn());
    plan.onInbox(0, 101);
    assertEquals(Optional.of(new DeliveryPlan.Range(1, 2)), plan.next());
  }

  @Test
  @Tag("DLV-2")
  void everyTBlocksInWhichTheInboxStandsStillTheNextReplicaStepsIn() {
    StakeTable table = Validators.ofDestination(Blocks.STREAM, 40, 30, 20, 10).table();
    DeliveryTurns turns = new DeliveryTurns(table, 100);
    DeliveryPlan watcher = plan(table, 3);
    watcher.onInbox(6, 50);
    watcher.onHeld(7);
    for (int block = 50; block < 50 + 8 * T; block++) {
      watcher.onInbox(6, block);
      assertEquals(Optional.of(turns.submitter(7, (block - 50) / T)), watcher.turn());
    }
    assertEquals(turns.submitter(7, 0), turns.submitter(7, 4));
    assertEquals(
        4,
        java.util.stream.LongStream.range(0, 4).map(i -> turns.submitter(7, i)).distinct().count());
  }

  @Test
  @Tag("DLV-2")
  void stakeDecidesHowOftenAReplicaGoesFirst() {
    DeliveryTurns turns =
        new DeliveryTurns(Validators.ofDestination(Blocks.STREAM, 40, 30, 20, 10).table(), 100);
    int[] first = new int[4];
    for (int sequence = 1; sequence <= 1_000; sequence++) {
      first[turns.submitter(sequence, 0)]++;
    }
    assertEquals("[400, 300, 200, 100]", java.util.Arrays.toString(first));
  }

  @Test
  void limitsThatMakeNoSenseAreNamed() {
    String message =
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalArgumentException.class, () -> new DeliveryLimits(1, 256, 5))
            .getMessage();
    assertTrue(String.valueOf(message).contains("gas 1 "), message);
  }

  /** An RPC that once names a block far ahead must not keep the replica silent ever after. */
  @Test
  @Tag("DLV-2")
  void aBlockNumberThatWasTooHighHoldsNothingUp() {
    plan.onInbox(0, 1_000_000);
    plan.onHeld(1);
    assertTrue(plan.next().isPresent());
    plan.onSubmissionEnded(false);
    plan.onInbox(0, 100);
    plan.onInbox(0, 102);
    assertTrue(plan.next().isPresent(), "two blocks after the failure, as ever");
  }

  @Test
  @Tag("DLV-2")
  void turnsAreTakenOverThoughABlockNumberWasTooHigh() {
    DeliveryPlan second = plan(Validators.ofDestination(Blocks.STREAM, 10, 10).table(), 1);
    DeliveryPlan first = plan(Validators.ofDestination(Blocks.STREAM, 10, 10).table(), 0);
    for (DeliveryPlan each : List.of(first, second)) {
      each.onInbox(0, 1_000_000);
      each.onHeld(1);
      each.onInbox(0, 100);
    }
    int before = first.turn().orElseThrow();
    first.onInbox(0, 100 + T);
    second.onInbox(0, 100 + T);
    assertEquals(Optional.of(1 - before), first.turn());
    assertEquals(first.turn(), second.turn());
  }
}
