package dev.mallard.testnet.sim;

import dev.mallard.certify.EquivocationEvidence;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evidence is kept only of who contradicted itself, and is true ([CERT-3]). */
final class EvidenceCheck implements Checker {
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

  /**
   * Whether anybody keeps evidence although some was shown to somebody; only for liars that go on.
   */
  boolean isOverlooked() {
    return contradicted.size() > 0 && kept.isEmpty();
  }
}
