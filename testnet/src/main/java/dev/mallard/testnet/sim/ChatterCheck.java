package dev.mallard.testnet.sim;

import dev.mallard.replica.BridgeReplica;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.MessageSize;
import dev.mallard.wire.PeerMessage;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said about bundles does not grow with time ([G-5]), in bytes of the node's own encoding.
 * In every run each message stays within the size that parameters allow ({@link ControlSizes}); in
 * a fault-free run all that one node tells another stays within the number that {@link AckPace} and
 * {@link SourcePace} derive, times that size.
 */
final class ChatterCheck implements Checker {
  /** What one node said to another, in bytes, and what the other said that asks for an answer. */
  private static final class Link {
    long acks;
    long announcements;
    long attestations;
    long certificates;
    long asks;
    long laggingAcks;
    long repeated;
    final BitSet attested = new BitSet();
  }

  private final World world;
  private final int nodes;
  private final boolean isFaultless;
  private final ControlSizes[] sizes = new ControlSizes[2];
  private final @Nullable Link[] links;
  private final AckPace[] ackPaces;
  private final SourcePace[] sourcePaces;

  ChatterCheck(World world) {
    SimPlan plan = world.plan();
    this.world = world;
    this.nodes = plan.nodes();
    this.isFaultless = plan.isFaultless();
    this.links = new @Nullable Link[nodes * nodes];
    this.ackPaces = new AckPace[nodes];
    this.sourcePaces = new SourcePace[nodes];
    for (int side = 0; side < 2; side++) {
      int signers = plan.sides().get(side).table().size();
      sizes[side] = ControlSizes.of(world.truth(side).stream(), plan.c3b().phiBits(), signers);
    }
    long[] connectedAt = {Run.START_SPREAD_MILLIS, plan.healAtMillis()};
    long connectMillis = (long) plan.net().delayMillis() + plan.machine().lagMillis();
    for (int node = 0; node < nodes; node++) {
      int sources = plan.sides().get(1 - plan.sideOf(node)).table().size();
      ackPaces[node] = new AckPace(plan.c3b(), sources);
      sourcePaces[node] = new SourcePace(plan.c3b(), connectedAt, connectMillis);
    }
  }

  private Link link(int from, int to) {
    Link link = links[from * nodes + to];
    if (link == null) {
      link = new Link();
      links[from * nodes + to] = link;
    }
    return link;
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    switch (message) {
      case PeerMessage.AckMessage ack ->
          link(from.node(), to).acks += sized(from, ack, sizes[1 - from.side()].ack(), 0);
      case PeerMessage.AnnounceMessage announce ->
          link(from.node(), to).announcements +=
              sized(from, announce, sizes[from.side()].announcement(), 0);
      case PeerMessage.AttestationMessage attestation ->
          link(from.node(), to).attestations +=
              sized(from, attestation, sizes[from.side()].attestation(), 0);
      case PeerMessage.CertificateMessage certificate ->
          link(from.node(), to).certificates +=
              sized(from, certificate, sizes[from.side()].certificate(), 0);
      case PeerMessage.BundleMessage bundle -> {
        int source = from.isLocal(to) ? 1 - from.side() : from.side();
        sized(from, bundle, sizes[source].envelope(), bundle.bundle().body().sizeBytes());
      }
      default -> {}
    }
  }

  /** Checks a message but for its payload; returns its size. */
  private int sized(SimReplica from, PeerMessage message, int bytesMax, int payloadBytes) {
    int bytes = MessageSize.bytes(message) - payloadBytes;
    world
        .coverage()
        .check(
            Clause.G_5,
            bytes <= bytesMax,
            () -> from.name() + " needs " + bytes + " bytes, " + bytesMax + " do: " + message);
    return bytes;
  }

  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    if (!isFaultless) {
      return;
    }
    switch (message) {
      case PeerMessage.BundleMessage bundle when !to.isLocal(from) -> link(from, to.node()).asks++;
      case PeerMessage.AnnounceMessage announce -> link(from, to.node()).asks++;
      case PeerMessage.AckMessage ack -> onAck(from, to, ack);
      case PeerMessage.AttestationMessage attestation -> {
        Link link = link(from, to.node());
        int sequence = (int) attestation.signed().attestation().sequence();
        link.repeated += link.attested.get(sequence) ? 1 : 0;
        link.attested.set(sequence);
      }
      default -> {}
    }
  }

  private void onAck(int from, SimReplica to, PeerMessage.AckMessage ack) {
    BridgeReplica running = to.replica();
    if (running != null && ack.ack().cumulative() < running.source().core().quacked()) {
      link(from, to.node()).laggingAcks++;
    }
  }

  @Override
  public void onDurable(SimReplica replica, List<StoreWrite> writes) {
    if (isFaultless) {
      writes.forEach(write -> sourcePaces[replica.node()].onDurable(write, world.time().now()));
    }
  }

  @Override
  public void onStep(SimReplica replica) {
    BridgeReplica running = replica.replica();
    if (!isFaultless || running == null) {
      return;
    }
    int node = replica.node();
    long now = world.time().now();
    Truth remote = world.truth(1 - replica.side());
    ackPaces[node].onStep(running.destination().core().held(), remote, now);
    sourcePaces[node].onStep(running.source().core().top(), running.source().core().quacked(), now);
  }

  @Override
  public void onEnd() {
    if (!isFaultless) {
      return;
    }
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        checkLink(from, to);
      }
    }
  }

  private void checkLink(int from, int to) {
    int side = world.plan().sideOf(from);
    long now = world.time().now();
    Link said = link(from, to);
    Link heard = link(to, from);
    ControlSizes own = sizes[side];
    long acks = ackPaces[from].acksMax(heard.asks, now) * sizes[1 - side].ack();
    long announcements = sourcePaces[from].announcementsMax(heard.laggingAcks, now);
    long attestations = sourcePaces[from].attestationsMax(world.truth(side).count());
    within(from, to, said.acks, acks, "acks");
    within(from, to, said.announcements, announcements * own.announcement(), "announcements");
    within(from, to, said.attestations, attestations * own.attestation(), "attestations");
    within(from, to, said.certificates, heard.repeated * own.certificate(), "certificates");
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
                    + " bytes of "
                    + what
                    + ", "
                    + most
                    + " are enough");
  }
}
