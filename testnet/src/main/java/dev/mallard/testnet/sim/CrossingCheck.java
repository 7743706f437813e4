package dev.mallard.testnet.sim;

import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Certificate;
import dev.mallard.wire.PeerMessage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What crosses between the RSMs: by whose turn it is ([SEND-1], [SCHED-2]), within the window
 * ([SEND-2]), with a certificate ([CERT-2]), and in a fault-free run once ([G-5], [LOSS-1]). Where
 * a slow network made a peer fetch what was on its way to it, there are as many local copies more;
 * that each of them was asked for by that very peer is {@link ServingCheck}'s.
 */
final class CrossingCheck implements Checker {
  private static final class Sends {
    int crossings;
    int localCopies;
    int fetches;
  }

  private final World world;
  private final BitSet[] missed;
  private final List<TransmissionSchedule> schedules;
  private final List<Map<Long, Sends>> sends = List.of(new HashMap<>(), new HashMap<>());

  CrossingCheck(World world, List<TransmissionSchedule> schedules) {
    this.world = world;
    this.schedules = schedules;
    this.missed = new BitSet[world.plan().nodes()];
    Arrays.setAll(missed, node -> new BitSet());
    world.coverage().count(Clause.SCHED_1);
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    switch (message) {
      case PeerMessage.BundleMessage bundle -> {
        if (world.plan().sideOf(to) == from.side()) {
          onLocalCopy(from, bundle);
        } else {
          onCrossing(from, to, bundle);
        }
      }
      case PeerMessage.AnnounceMessage announce -> {
        world.coverage().count(Clause.SEND_3);
        world
            .coverage()
            .check(
                Clause.SEND_3,
                announce.quacked() <= announce.top()
                    && announce.top() <= world.truth(from.side()).count(),
                () -> from.name() + " announces " + announce);
      }
      case PeerMessage.FetchMessage fetch -> {
        world.coverage().count(Clause.GC_2);
        for (int i = 0; i < fetch.count(); i++) {
          sendsOf(1 - from.side(), fetch.from() + i).fetches++;
        }
      }
      default -> {}
    }
  }

  private void onLocalCopy(SimReplica from, PeerMessage.BundleMessage message) {
    BundleHeader header = message.bundle().header();
    world.coverage().count(Clause.RECV_2);
    sendsOf(1 - from.side(), header.sequence()).localCopies++;
  }

  private void onCrossing(SimReplica from, int to, PeerMessage.BundleMessage message) {
    BundleHeader header = message.bundle().header();
    long sequence = header.sequence();
    SendPair pair = new SendPair(from.index(), world.plan().indexOf(to));
    List<SendPair> pairs = schedules.get(from.side()).pairs(sequence);
    world.coverage().count(Clause.SCHED_5);
    world
        .coverage()
        .check(
            Clause.SEND_1,
            pairs.contains(pair),
            () ->
                from.name()
                    + " sends "
                    + sequence
                    + " to "
                    + world.plan().nameOf(to)
                    + ", whose turn it never is");
    world
        .coverage()
        .check(
            Clause.SEND_2,
            sequence <= message.quacked() + world.plan().c3b().windowBundles(),
            () -> from.name() + " sends " + sequence + " with " + message.quacked() + " quacked");
    world
        .coverage()
        .check(
            Clause.CERT_2,
            world.judge(1 - from.side()).isValid((Certificate) message.bundle().proof()),
            () -> from.name() + " sends " + sequence + " with a certificate that does not hold");
    Sends of = sendsOf(from.side(), sequence);
    of.crossings++;
    onRepeat(from, sequence, pair, of);
  }

  /** An honest replica of the destination shows this one which bundles it misses. */
  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    if (message instanceof PeerMessage.AckMessage ack && world.replica(from).isHonest()) {
      long p = ack.ack().cumulative();
      for (int i = 0; i < ack.phi().length(); i++) {
        if (!ack.phi().isHeld(i)) {
          missed[to.node()].set(Math.toIntExact(p + 1 + i));
        }
      }
    }
  }

  private void onRepeat(SimReplica from, long sequence, SendPair pair, Sends of) {
    SendPair first = schedules.get(from.side()).firstPair(sequence);
    if (of.crossings == 1 && pair.equals(first)) {
      world.coverage().count(Clause.SCHED_2);
      return;
    }
    world.coverage().count(Clause.LOSS_2);
    world
        .coverage()
        .check(
            Clause.LOSS_1,
            pair.equals(first) || missed[from.node()].get(Math.toIntExact(sequence)),
            () -> from.name() + " resends " + sequence + ", which only liars told it was missing");
    world
        .coverage()
        .check(
            Clause.LOSS_1,
            !world.isLossless(),
            () -> from.name() + " resends " + sequence + " though nothing was lost");
  }

  private Sends sendsOf(int side, long sequence) {
    return sends.get(side).computeIfAbsent(sequence, ignored -> new Sends());
  }

  @Override
  public void onEnd() {
    for (int side = 0; side < 2; side++) {
      if (!world.plan().isFaultless()) {
        continue;
      }
      int peers = world.plan().sides().get(1 - side).table().size() - 1;
      for (long k = 1; k <= world.truth(side).count(); k++) {
        Sends of = sendsOf(side, k);
        long sequence = k;
        world
            .coverage()
            .check(
                Clause.G_5,
                of.crossings == 1
                    && of.localCopies >= peers
                    && of.localCopies <= peers + of.fetches,
                () ->
                    sequence
                        + " crossed "
                        + of.crossings
                        + " times, with "
                        + of.localCopies
                        + " local copies for "
                        + peers
                        + " peers");
      }
    }
  }

  /** Crossings of a stream's bundles so far, by honest senders. */
  long crossings(int side) {
    return sends.get(side).values().stream().mapToLong(s -> s.crossings).sum();
  }
}
