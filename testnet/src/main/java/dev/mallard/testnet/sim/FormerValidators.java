package dev.mallard.testnet.sim;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Those who validated an RSM in another epoch, with keys of their own and as much stake. They have
 * nothing to lose any more: liars got hold of all their keys ([DLV-3]).
 */
public final class FormerValidators {
  /** Theirs; the runs' own is 1 throughout, and there is none before. */
  static final Epoch EPOCH = new Epoch(2);

  private static final int KEYS_FROM = 1_000;

  private final StakeTable table;
  private final List<BridgeKey> keys;

  private FormerValidators(StakeTable table, List<BridgeKey> keys) {
    this.table = table;
    this.keys = keys;
  }

  /** Of the RSM whose table is in force. */
  public static FormerValidators of(StakeTable inForce) {
    SimSignatures scheme = new SimSignatures();
    List<BridgeKey> keys =
        IntStream.range(0, inForce.size())
            .mapToObj(i ->
                BridgeKey.of(
                    scheme, SimSignatures.privateKey(inForce.rsm().value(), KEYS_FROM + i)))
            .toList();
    List<Validator> validators =
        IntStream.range(0, inForce.size())
            .mapToObj(i -> new Validator(i, keys.get(i).address(), inForce.stakeOf(i)))
            .toList();
    return new FormerValidators(
        new StakeTable(inForce.rsm(), EPOCH, validators, inForce.faultModel()), keys);
  }

  /** Their stake table. */
  public StakeTable table() {
    return table;
  }

  /** All of them certify. */
  Certificate certify(Attestation attestation, AttestationDigest digests) {
    Hash32 digest = digests.of(attestation);
    BitSet signers = new BitSet();
    signers.set(0, keys.size());
    List<Signature> signatures = new ArrayList<>();
    keys.forEach(key -> signatures.add(key.sign(digest)));
    return new Certificate(attestation, signers, signatures);
  }
}
