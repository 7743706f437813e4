package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.StreamSender;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a bundle may be sent again ([SCHED-3], [LOSS-2]). A sender's sends of one bundle go on
 * along the walk, each in a later round than the one before, and every round before the one at hand
 * has taken the shortest time-out and the time between two acks. So no sender sends more often than
 * rounds fit into the time, and none repeats a pair or runs ahead to a later one.
 */
final class WalkCheck implements Checker {
  /** A bundle at one sender, in one life of its process. */
  private static final class Walk {
    final long inFlightSince;
    long round = -1;

    Walk(long inFlightSince) {
      this.inFlightSince = inFlightSince;
    }
  }

  /** What one sender has in flight or had, by bundle. */
  private static final class Walks {
    final Map<Long, Walk> bySequence = new HashMap<>();
    long known;
  }

  private final World world;
  private final long roundMillisMin;
  private final List<TransmissionSchedule> schedules;
  private final List<Walks> ofNodes = new ArrayList<>();

  WalkCheck(World world, List<TransmissionSchedule> schedules) {
    C3bParameters c3b = world.plan().c3b();
    this.world = world;
    this.roundMillisMin = c3b.lossTimeoutMillisMin() + c3b.lossConfirmMillis();
    this.schedules = schedules;
    for (int node = 0; node < world.plan().nodes(); node++) {
      ofNodes.add(new Walks());
    }
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    ofNodes.set(replica.node(), new Walks());
  }

  /** Notes since when bundles are in flight. */
  @Override
  public void onStep(SimReplica replica) {
    BridgeReplica running = replica.replica();
    if (running == null) {
      return;
    }
    StreamSender sender = running.source().core();
    long last = sender.quacked() + sender.inFlight();
    Walks walks = ofNodes.get(replica.node());
    for (long k = Math.max(walks.known, sender.quacked()) + 1; k <= last; k++) {
      walks.bySequence.computeIfAbsent(k, ignored -> new Walk(world.time().now()));
    }
    walks.known = Math.max(walks.known, last);
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    if (message instanceof PeerMessage.BundleMessage bundle
        && world.plan().sideOf(to) != from.side()) {
      onCrossing(from, to, bundle.bundle().header().sequence());
    }
  }

  private void onCrossing(SimReplica from, int to, long sequence) {
    SendPair pair = new SendPair(from.index(), world.plan().indexOf(to));
    List<SendPair> pairs = schedules.get(from.side()).pairs(sequence);
    int place = pairs.indexOf(pair);
    if (place < 0) {
      return; // [SEND-1] is another checker's
    }
    long now = world.time().now();
    Walk walk =
        ofNodes
            .get(from.node())
            .bySequence
            .computeIfAbsent(sequence, ignored -> new Walk(now));
    walk.round = next(walk.round, place, pairs.size());
    long passed = now - walk.inFlightSince;
    world
        .coverage()
        .check(
            Clause.SCHED_3,
            walk.round * roundMillisMin <= passed,
            () ->
                from.name()
                    + " sends "
                    + sequence
                    + " in round "
                    + walk.round
                    + " of "
                    + pairs.size()
                    + " pairs, "
                    + passed
                    + " ms after it came into flight; a round takes at least "
                    + roundMillisMin
                    + " ms");
  }

  /** The first round behind {@code round} that belongs to the pair at a place of the walk. */
  private static long next(long round, int place, int pairs) {
    long ahead = Math.floorMod(place - (round + 1), (long) pairs);
    return round + 1 + ahead;
  }
}
