package dev.mallard.certify;

import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StakeTally;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Picks signers for a certificate: by falling stake, ties by index, until the threshold is reached.
 * Fewest signers that can, since each costs gas on the destination.
 */
final class SignerCover {
  private SignerCover() {}

  /**
   * A certificate by some of the replicas that signed.
   *
   * @param signatures by replica index, together at least the threshold of [CERT-2]
   */
  static Certificate certificate(
      Quorum quorum, Attestation attestation, Map<Integer, Signature> signatures) {
    StakeTable table = quorum.table();
    StakeTally tally = quorum.newTally();
    TreeMap<Integer, Signature> chosen = new TreeMap<>();
    List<Integer> byStake =
        signatures.keySet().stream()
            .sorted(
                Comparator.comparing(table::stakeOf)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    for (int replica : byStake) {
      if (tally.reaches(quorum.certificate())) {
        break;
      }
      tally.add(replica);
      chosen.put(replica, signatures.get(replica));
    }
    BitSet signers = new BitSet(table.size());
    chosen.keySet().forEach(signers::set);
    return new Certificate(attestation, signers, List.copyOf(chosen.values()));
  }
}
