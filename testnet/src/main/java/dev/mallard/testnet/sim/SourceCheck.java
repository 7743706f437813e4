package dev.mallard.testnet.sim;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.QuackCertificate;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The source side: bundles are the chain's ([OUT-2], [OUT-3]), nothing is signed twice or before it
 * is durable ([CERT-1]), certificates hold ([CERT-2]), what is dropped is held by somebody correct
 * ([QUACK-1], [GC-1]) and that can be shown ([QUACK-2]).
 */
final class SourceCheck implements Checker {
  private final World world;
  private final ReceiveCheck receivers;
  private final long[] highWater;
  private final long[] attested;
  private final Map<Long, Attestation> said = new HashMap<>();

  SourceCheck(World world, ReceiveCheck receivers) {
    this.world = world;
    this.receivers = receivers;
    this.highWater = new long[world.plan().nodes()];
    this.attested = new long[world.plan().nodes()];
  }

  @Override
  public void onDurable(SimReplica replica, List<StoreWrite> writes) {
    for (StoreWrite write : writes) {
      switch (write) {
        case StoreWrite.Outbound built -> {
          world.coverage().count(Clause.OUT_1);
          world.coverage().count(Clause.OUT_2);
          world
              .coverage()
              .check(
                  Clause.OUT_3,
                  world.truth(replica.side()).isTrue(built.header()),
                  () -> replica.name() + " built another bundle than the chain: " + built.header());
        }
        case StoreWrite.OutboundCertified made ->
            world
                .story()
                .show(
                    Story.Kind.CERTIFIED,
                    replica.node(),
                    made.certificate().attestation().sequence(),
                    "");
        case StoreWrite.HighWater mark ->
            highWater[replica.node()] =
                Math.max(highWater[replica.node()], mark.attestation().sequence());
        case StoreWrite.QuackFrontier frontier -> onFrontier(replica, frontier);
        default -> {}
      }
    }
  }

  private void onFrontier(SimReplica replica, StoreWrite.QuackFrontier frontier) {
    long q = frontier.quacked();
    int remote = 1 - replica.side();
    boolean isHeld =
        q <= world.chain(remote).inboxFinalized().sequence()
            || world
                .plan()
                .nodesOf(remote)
                .filter(node -> world.replica(node).isHonest() && !world.plan().isLostForEver(node))
                .anyMatch(node -> receivers.heldOf(node).upTo() >= q);
    world
        .coverage()
        .check(
            Clause.QUACK_1,
            isHeld,
            () -> replica.name() + " drops up to " + q + ", which nobody correct holds");
    world.coverage().count(Clause.GC_1);
    world
        .coverage()
        .check(
            Clause.QUACK_2,
            new QuackCertificate(frontier.stream(), q, frontier.acks())
                .isValid(
                    world.plan().sides().get(remote).table(),
                    world.ackDigest(replica.side()),
                    world.scheme()),
            () -> replica.name() + " cannot show why it drops up to " + q);
    world.story().mark(Story.Kind.QUACKED, replica.node(), q);
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    if (message instanceof PeerMessage.AttestationMessage attestation) {
      onAttestation(from, attestation.signed().attestation());
    } else if (message instanceof PeerMessage.CertificateMessage made) {
      world
          .coverage()
          .check(
              Clause.CERT_2,
              world.judge(1 - from.side()).isValid(made.certificate()),
              () -> from.name() + " tells of a certificate that does not hold");
    }
  }

  private void onAttestation(SimReplica from, Attestation attestation) {
    long sequence = attestation.sequence();
    Attestation before = said.putIfAbsent(((long) from.node() << 40) | sequence, attestation);
    world
        .coverage()
        .check(
            Clause.CERT_1,
            before == null || before.equals(attestation),
            () -> from.name() + " signs " + attestation + " after " + before);
    world
        .coverage()
        .check(
            Clause.CERT_1,
            sequence <= highWater[from.node()],
            () ->
                from.name()
                    + " signs bundle "
                    + sequence
                    + " with "
                    + highWater[from.node()]
                    + " on disk");
    world
        .coverage()
        .check(
            Clause.G_1,
            attestation.equals(world.truth(from.side()).attestation(sequence)),
            () -> from.name() + " attests what the chain does not hold: " + attestation);
    attested[from.node()] = Math.max(attested[from.node()], sequence);
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    long remembered = source.highWater().map(Attestation::sequence).orElse(0L);
    highWater[replica.node()] = Math.max(highWater[replica.node()], remembered);
    world
        .coverage()
        .check(
            Clause.CERT_1,
            attested[replica.node()] <= remembered,
            () ->
                replica.name()
                    + " attested "
                    + attested[replica.node()]
                    + " and remembers "
                    + remembered);
    int pendingMax = 2 * world.plan().c3b().windowBundles() + World.READING_BUNDLES_MAX;
    world
        .coverage()
        .check(
            Clause.CATCH_1,
            source.outbound().size() <= pendingMax,
            () -> replica.name() + " reads " + source.outbound().size() + " bundles at its start");
  }
}
