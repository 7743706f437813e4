package dev.mallard.testnet.sim;

import dev.mallard.certify.EquivocationEvidence;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evidence is kept only of who contradicted itself, and is true ([CERT-3]). */
final class EvidenceCheck implements Checker {
  private static final long MEMORY_BUNDLES = 100;

  private final World world;
  private final Map<String, SignedAttestation> heard = new HashMap<>();
  private final Set<String> contradicted = new HashSet<>();
  private final Set<String> kept = new HashSet<>();

  EvidenceCheck(World world) {
    this.world = world;
  }

  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    if (!(message instanceof PeerMessage.AttestationMessage attestation)
        || world.replica(from).isHonest()
        || world.plan().sideOf(from) != to.side()) {
      return;
    }
    SignedAttestation signed = attestation.signed();
    if (!world.isSigned(from, signed) || !isInMemory(to, signed.attestation().sequence())) {
      return;
    }
    String key = to.node() + "/" + from + "/" + signed.attestation().sequence();
    SignedAttestation before = heard.putIfAbsent(key, signed);
    if (before != null
        && EquivocationEvidence.contradict(before.attestation(), signed.attestation())) {
      contradicted.add(to.node() + "/" + from);
    }
  }

  @Override
  public void onDurable(SimReplica replica, List<StoreWrite> writes) {
    for (StoreWrite write : writes) {
      if (write instanceof StoreWrite.Evidence evidence) {
        int liar = world.plan().nodeOf(replica.side(), evidence.replica());
        world
            .coverage()
            .check(
                Clause.CERT_3,
                !world.replica(liar).isHonest()
                    && EquivocationEvidence.contradict(
                        evidence.one().attestation(), evidence.other().attestation()),
                () -> replica.name() + " accuses " + world.plan().nameOf(liar) + " falsely");
        kept.add(replica.node() + "/" + liar);
      }
    }
  }

  /** A certifier remembers what lies around its frontier; what it was told elsewhere it forgot. */
  private boolean isInMemory(SimReplica replica, long sequence) {
    BridgeReplica running = replica.replica();
    if (running == null) {
      return false;
    }
    long top = running.source().core().top();
    return sequence > top - MEMORY_BUNDLES && sequence <= top + world.plan().c3b().windowBundles();
  }

  /** Who was shown a contradiction has it on disk, unless it was restarted in between. */
  @Override
  public void onEnd() {
    if (world.plan().faults().isEmpty()) {
      world
          .coverage()
          .check(
              Clause.CERT_3,
              kept.containsAll(contradicted),
              () -> "shown by liars " + contradicted + ", evidence is kept of " + kept);
    }
  }
}
