package dev.mallard.certify;

import dev.mallard.bundle.BuiltBundle;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.stake.Validator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Validators with real keys, for tests: replica i has the private key i + 1. */
public final class Validators {
  static final BridgeAddress INBOX =
      BridgeAddress.fromHex("0x00000000000000000000000000000000000000ff");

  private final SignatureScheme scheme = SignatureSchemes.fastest();
  private final List<BridgeKey> keys;
  private final StakeTable table;
  private final AttestationDigest digests;

  private Validators(RsmId rsm, RsmId destination, long... stakes) {
    keys = IntStream.range(0, stakes.length).mapToObj(i -> key(i + 1)).toList();
    List<Validator> rows =
        IntStream.range(0, stakes.length)
            .mapToObj(i -> new Validator(i, keys.get(i).address(), Stake.of(stakes[i])))
            .toList();
    long total = IntStream.range(0, stakes.length).mapToLong(i -> stakes[i]).sum();
    table = new StakeTable(rsm, Epoch.FIRST, rows, FaultModel.bft(Stake.of(total)));
    digests = new AttestationDigest(destination, INBOX);
  }

  /** Those of the stream's source. */
  public static Validators ofSource(StreamId stream, long... stakes) {
    return new Validators(stream.source(), stream.destination(), stakes);
  }

  /** Those of the stream's destination. */
  public static Validators ofDestination(StreamId stream, long... stakes) {
    return new Validators(stream.destination(), stream.destination(), stakes);
  }

  static BridgeKey key(int number) {
    byte[] secret = new byte[BridgeKey.BYTES];
    secret[30] = (byte) (number >> 8);
    secret[31] = (byte) number;
    return BridgeKey.of(SignatureSchemes.fastest(), secret);
  }

  public StakeTable table() {
    return table;
  }

  SignatureScheme scheme() {
    return scheme;
  }

  AttestationDigest digests() {
    return digests;
  }

  BridgeKey keyOf(int replica) {
    return keys.get(replica);
  }

  SignedAttestation attest(int replica, Attestation attestation) {
    return new SignedAttestation(attestation, keys.get(replica).sign(digests.of(attestation)));
  }

  SignedAttestation attest(int replica, BuiltBundle bundle) {
    return attest(replica, Attestations.of(bundle.header()));
  }

  /** A certificate by the named replicas, whether they are enough or not. */
  public Certificate certificate(BuiltBundle bundle, int... signers) {
    BitSet set = new BitSet();
    List<Signature> signatures = new ArrayList<>();
    for (int signer : signers) {
      set.set(signer);
      signatures.add(attest(signer, bundle).signature());
    }
    return new Certificate(Attestations.of(bundle.header()), set, signatures);
  }
}
