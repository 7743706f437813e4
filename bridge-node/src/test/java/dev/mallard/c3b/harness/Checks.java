package dev.mallard.c3b.harness;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import java.util.List;

/** The guarantees, checked after every step of every honest replica. */
public final class Checks {
  private final Simulation world;
  private final TransmissionSchedule schedule;

  Checks(Simulation world) {
    this.world = world;
    RunPlan plan = world.plan();
    this.schedule =
        new TransmissionSchedule(plan.source(), plan.destination(), plan.parameters().quantum());
  }

  void onSourceEffect(SourceReplica replica, Effect effect) {
    switch (effect) {
      case Effect.SendBundle send -> checkTurn(replica, send);
      case Effect.QuackAdvanced quack -> checkHeldSomewhere(replica, quack.quacked());
      case Effect.RoundOpened round -> checkLoss(replica, round);
      case Effect.SendAnnounce announce -> world.report().onAnnounce();
      default -> {}
    }
  }

  /** [SEND-1], [SCHED-3], [SEND-2]. */
  private void checkTurn(SourceReplica replica, Effect.SendBundle send) {
    long sequence = send.bundle().sequence();
    List<SendPair> pairs = schedule.pairs(sequence);
    SendPair turn = pairs.get(send.round() % pairs.size());
    check(
        turn.equals(new SendPair(replica.index(), send.receiver())),
        Story.line(
            "[SEND-1] %s sends %d in round %d out of turn",
            replica.name(), sequence, send.round()));
    check(
        send.round() > 0 || turn.equals(schedule.firstPair(sequence)),
        "[SCHED-2] the first pair of " + sequence + " is another one");
    check(
        sequence <= send.quacked() + world.plan().parameters().windowBundles(),
        Story.line(
            "[SEND-2] %s sends %d beyond the window of %d",
            replica.name(), sequence, send.quacked()));
  }

  /**
   * [LOSS-1]: r_r stake alone cannot open a round, so somebody honest got the bundle late or not at
   * all.
   */
  private void checkLoss(SourceReplica replica, Effect.RoundOpened round) {
    world.report().onRound();
    long sequence = round.sequence();
    world
        .story()
        .tell(world.now(), replica.name(), "opens round " + round.round() + " of " + sequence);
    long inTime =
        world.certifiedAt(replica.index(), sequence)
            + world.plan().parameters().lossTimeoutMillisMin() / 2;
    check(
        world.destinations().stream()
            .anyMatch(d -> !d.isLiar() && d.durableSince(sequence) > inTime),
        "[LOSS-1] liars alone made " + replica.name() + " open a round of " + sequence);
  }

  /**
   * [GC-1]: an honest destination replica that will be there in the end holds what the source
   * drops.
   */
  private void checkHeldSomewhere(SourceReplica replica, long quacked) {
    boolean isHeld =
        world.destinations().stream()
            .filter(d -> !d.isLiar() && !world.plan().isLostForever(d.name()))
            .anyMatch(d -> d.durableUpTo() >= quacked);
    check(
        isHeld,
        Story.line(
            "[QUACK-1] %s drops up to %d, which nobody correct holds", replica.name(), quacked));
  }

  void onDestinationEffect(DestinationReplica replica, Effect effect) {
    switch (effect) {
      case Effect.SendAck ack -> checkDurable(replica, ack.cumulative(), ack.phi());
      case Effect.JournalBundle journal ->
          check(
              journal.bundle().equals(world.stream().get(journal.bundle().sequence())),
              Story.line(
                  "[G-1] %s takes a false bundle %d", replica.name(), journal.bundle().sequence()));
      case Effect.HeldAdvanced held ->
          check(
              replica.durableUpTo() >= held.sequence(),
              Story.line(
                  "[G-3] %s delivers %d before it is durable", replica.name(), held.sequence()));
      case Effect.ServeBundles serve ->
          check(
              serve.count() <= world.plan().parameters().fetchBatchBundles(),
              Story.line("[G-4] %s serves %d bundles at once", replica.name(), serve.count()));
      default -> {}
    }
  }

  /** [G-3], [ACK-1]. */
  private void checkDurable(DestinationReplica replica, long cumulative, PhiList phi) {
    check(
        cumulative <= replica.durableUpTo(),
        Story.line(
            "[G-3] %s acknowledges %d but has only %d",
            replica.name(), cumulative, replica.durableUpTo()));
    check(
        phi.length() <= world.plan().parameters().phiBits() && !phi.isHeld(0),
        "[ACK-1] malformed phi-list " + phi);
    for (int i = 0; i < phi.length(); i++) {
      check(
          !phi.isHeld(i) || replica.isDurable(cumulative + 1 + i),
          Story.line("[G-3] %s claims %d in its phi-list", replica.name(), cumulative + 1 + i));
    }
  }

  void afterStep(SourceReplica replica) {
    int window = world.plan().parameters().windowBundles();
    check(replica.core().inFlight() <= window, "[SEND-2] too much in flight");
    check(
        replica.isLiar() || replica.core().top() <= world.stream().count(),
        Story.line("[G-1] %s believes in bundle %d", replica.name(), replica.core().top()));
  }

  void afterStep(DestinationReplica replica) {
    check(
        replica.core().held() <= world.stream().count(),
        Story.line("[G-1] %s holds up to %d", replica.name(), replica.core().held()));
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
