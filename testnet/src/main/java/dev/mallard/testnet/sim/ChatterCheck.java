package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.wire.PeerMessage;

/**
 * What is said about bundles does not grow with time ([G-5]): in a fault-free run each kind of
 * control message stays within a number that follows from the bundles and the pace of heartbeats.
 * Each message is of bounded size: certificates and phi-lists have limits of their own.
 */
final class ChatterCheck implements Checker {
  /** A certifier tells again after half a second first, then ever more rarely. */
  private static final long RETELL_MILLIS_MIN = 500;

  private static final long RETELL_MILLIS_MAX = 8_000;

  private final World world;
  private final int nodes;
  private final int[] acks;
  private final int[] announcements;
  private final int[] attestations;

  ChatterCheck(World world) {
    this.world = world;
    this.nodes = world.plan().nodes();
    this.acks = new int[nodes * nodes];
    this.announcements = new int[nodes * nodes];
    this.attestations = new int[nodes * nodes];
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    int link = from.node() * nodes + to;
    switch (message) {
      case PeerMessage.AckMessage ack -> acks[link]++;
      case PeerMessage.AnnounceMessage announce -> announcements[link]++;
      case PeerMessage.AttestationMessage attestation -> attestations[link]++;
      case PeerMessage.CertificateMessage certificate -> attestations[link]++;
      default -> {}
    }
  }

  @Override
  public void onEnd() {
    if (!world.plan().isFaultless()) {
      return;
    }
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        int side = world.plan().sideOf(from);
        int link = from * nodes + to;
        long own = world.truth(side).count();
        long other = world.truth(1 - side).count();
        within(from, to, acks[link], acksMax(other), "acks");
        within(from, to, announcements[link], announcementsMax(own), "announcements");
        within(from, to, attestations[link], attestationsMax(own), "attestations");
      }
    }
  }

  private void within(int from, int to, long said, long most, String what) {
    world
        .coverage()
        .check(
            Clause.G_5,
            said <= most,
            () ->
                world.plan().nameOf(from)
                    + " tells "
                    + world.plan().nameOf(to)
                    + " "
                    + said
                    + " "
                    + what
                    + ", "
                    + most
                    + " are enough");
  }

  /**
   * Growth of p is told once; what arrived, and being asked, may make sweeps and answers start at
   * their shortest gap again, which doubles up to the heartbeat.
   */
  private long acksMax(long bundles) {
    C3bParameters c3b = world.plan().c3b();
    long doublings = doublings(2L * c3b.ackIntervalMillis(), c3b.heartbeatMillis());
    return (bundles + 1) * (1 + 2 * doublings) + heartbeats();
  }

  private long announcementsMax(long bundles) {
    C3bParameters c3b = world.plan().c3b();
    long doublings = doublings(c3b.announceMillis(), c3b.heartbeatMillis());
    return (bundles + 1) * (1 + 2 * doublings) + heartbeats();
  }

  /** Once by itself, once at each end's connecting, and again while it waits for its certificate. */
  private long attestationsMax(long bundles) {
    long retold = doublings(RETELL_MILLIS_MIN, RETELL_MILLIS_MAX);
    return bundles * (3 + retold + world.time().now() / RETELL_MILLIS_MAX);
  }

  private long heartbeats() {
    return 2 + world.time().now() / world.plan().c3b().heartbeatMillis();
  }

  private static long doublings(long from, long to) {
    long steps = 1;
    for (long gap = from; gap < to; gap *= 2) {
      steps++;
    }
    return steps;
  }
}
