package dev.mallard.testnet.sim;

import dev.mallard.wire.PeerMessage;

/**
 * What is said about bundles does not grow with time ([G-5]): in a fault-free run each kind of
 * control message stays within a number that follows from the bundles and the pace of heartbeats.
 * Each message is of bounded size: certificates and phi-lists have limits of their own.
 */
final class ChatterCheck implements Checker {
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
        int sources = world.plan().sides().get(1 - side).table().size();
        long own = world.truth(side).count();
        long other = world.truth(1 - side).count();
        within(from, to, acks[link], acksMax(other, sources), "acks");
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
   * Growth of p is told once, once more to who asks, and once more while something is missing: a
   * slow network may take as long as two sweeps.
   */
  private long acksMax(long bundles, int sources) {
    return 3 * (bundles + 1) + heartbeats() / sources + 2;
  }

  /** A bundle is announced at most when it is certified and while it waits for its quack. */
  private long announcementsMax(long bundles) {
    return 2 * (bundles + 1) + heartbeats();
  }

  /** Once by itself, once at connecting, and once more where a peer was slow. */
  private static long attestationsMax(long bundles) {
    return 3 * (bundles + 1);
  }

  private long heartbeats() {
    return world.time().now() / world.plan().c3b().heartbeatMillis();
  }
}
