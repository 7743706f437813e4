package dev.mallard.testnet.sim.mutants;

import dev.mallard.certify.Signature;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import java.util.Optional;

/** Signatures that are not checked against what was signed. */
final class SchemeMutants {
  private SchemeMutants() {}

  static Mutant unbound() {
    return new Mutant() {
      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts ports) {
        return ports.with(new Unbound(ports.scheme()));
      }
    };
  }

  private record Unbound(SignatureScheme sound) implements SignatureScheme {
    @Override
    public Signature sign(Hash32 digest, byte[] privateKey) {
      return sound.sign(digest, privateKey);
    }

    @Override
    public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
      return Optional.of(BridgeAddress.of(signature.compact().toArrayUnsafe(), 0));
    }

    @Override
    public BridgeAddress addressOf(byte[] privateKey) {
      return sound.addressOf(privateKey);
    }
  }
}
