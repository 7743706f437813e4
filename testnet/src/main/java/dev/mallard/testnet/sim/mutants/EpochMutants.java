package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Attestations;
import dev.mallard.certify.BundleVerdict;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.Signature;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.FormerValidators;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import dev.mallard.testnet.sim.SimSignatures;
import dev.mallard.testnet.sim.World;
import dev.mallard.testnet.sim.chain.ChainContracts;
import dev.mallard.testnet.sim.chain.ChainObserver;
import dev.mallard.testnet.sim.chain.InboxRules;
import dev.mallard.testnet.sim.chain.VirtualChain;
import dev.mallard.wire.PeerMessage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Certificates of another epoch are as good as those of this one. */
final class EpochMutants {
  private EpochMutants() {}

  /** Replicas judge a certificate by the table that its epoch had. */
  static Mutant receivers() {
    return new Mutant() {
      private final Map<Signed, BridgeAddress> believed = new HashMap<>();

      @Override
      public @Nullable PeerMessage arrival(SimReplica to, int from, PeerMessage message) {
        return message instanceof PeerMessage.BundleMessage bundle
            ? new PeerMessage.BundleMessage(
                inForce(to, bundle.bundle()), bundle.top(), bundle.quacked())
            : message;
      }

      private OfferedBundle inForce(SimReplica to, OfferedBundle offered) {
        StakeTable table = to.values().topology().remoteTable();
        AttestationDigest digests =
            new AttestationDigest(to.values().incoming().destination(), to.values().localInbox());
        CertificateVerifier former =
            new CertificateVerifier(
                FormerValidators.of(table).table(),
                digests,
                new SimSignatures(),
                new KeccakAccumulator());
        if (!offered.header().stream().equals(to.values().incoming())
            || !(former.verify(offered) instanceof BundleVerdict.Verified)) {
          return offered;
        }
        BundleHeader header = of(table.epoch(), offered.header());
        Certificate theirs = (Certificate) offered.proof();
        Attestation attestation = Attestations.of(header);
        Hash32 digest = digests.of(attestation);
        BitSet signers = theirs.signers();
        int next = 0;
        for (int i = signers.nextSetBit(0); i >= 0; i = signers.nextSetBit(i + 1)) {
          believed.put(new Signed(digest, theirs.signatures().get(next++)), table.keyOf(i));
        }
        return new OfferedBundle(
            header, offered.body(), new Certificate(attestation, signers, theirs.signatures()));
      }

      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts ports) {
        return ports.with(new Believing(ports.scheme(), believed));
      }
    };
  }

  private record Signed(Hash32 digest, Signature signature) {}

  private record Believing(SignatureScheme sound, Map<Signed, BridgeAddress> believed)
      implements SignatureScheme {
    @Override
    public Signature sign(Hash32 digest, byte[] privateKey) {
      return sound.sign(digest, privateKey);
    }

    @Override
    public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
      BridgeAddress former = believed.get(new Signed(digest, signature));
      return former == null ? sound.recover(digest, signature) : Optional.of(former);
    }

    @Override
    public BridgeAddress addressOf(byte[] privateKey) {
      return sound.addressOf(privateKey);
    }
  }

  private static BundleHeader of(Epoch epoch, BundleHeader header) {
    return new BundleHeader(
        header.stream(),
        header.sequence(),
        epoch,
        header.blockNumber(),
        header.blockHash(),
        header.firstIndex(),
        header.lastIndex(),
        header.accBefore(),
        header.accAfter());
  }

  /** So does the Inbox. */
  static Mutant inboxes() {
    return new Mutant() {
      @Override
      public VirtualChain chainOf(World world, int side, ChainObserver observer) {
        ChainContracts sound = world.soundContracts(side);
        StakeTable source = world.plan().sides().get(1 - side).table();
        StakeTable former = FormerValidators.of(source).table();
        InboxRules theirs = world.contracts(side, former).rules();
        return world.newChain(
            side,
            observer,
            sound.with(
                new InboxRules() {
                  @Override
                  public boolean isEpochInForce(Epoch inForce, Epoch found) {
                    return true;
                  }

                  @Override
                  public boolean isCertified(Certificate certificate) {
                    return sound.rules().isCertified(certificate)
                        || theirs.isCertified(certificate);
                  }
                }));
      }
    };
  }
}
