package dev.mallard.c3b.schedule;

import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeScale;
import dev.mallard.stake.StakeTable;
import java.math.BigInteger;
import java.util.List;

/**
 * The pairs that carry a bundle until one of them must have joined two correct replicas
 * ([SCHED-3]).
 *
 * <p>Each pair carries as much scaled stake as both its ends still have; faulty replicas can spoil
 * at most u_s + u_r of it, and the walk goes on until more than that was carried. It takes at most
 * as many pairs as both sides have replicas.
 */
public final class RetransmissionPairs {
  private final BigInteger[] senderStakes;
  private final BigInteger[] receiverStakes;
  private final BigInteger threshold;

  public RetransmissionPairs(StakeTable source, StakeTable destination) {
    StakeScale scale = StakeScale.between(source, destination);
    this.senderStakes = source.stakes().stream().map(scale::ofSender).toArray(BigInteger[]::new);
    this.receiverStakes =
        destination.stakes().stream().map(scale::ofReceiver).toArray(BigInteger[]::new);
    this.threshold = Quorum.resendCarried(source, destination);
  }

  /**
   * Walks on from the first pair.
   *
   * @param senders all replicas of the source with stake, the first sender first
   * @param receivers all replicas of the destination with stake, the first receiver first
   */
  public List<SendPair> pairs(int[] senders, int[] receivers) {
    PairList pairs = new PairList(senders.length + receivers.length);
    BigInteger carried = BigInteger.ZERO;
    int s = 0;
    int r = 0;
    BigInteger senderLeft = senderStakes[senders[0]];
    BigInteger receiverLeft = receiverStakes[receivers[0]];
    while (true) {
      BigInteger share = senderLeft.min(receiverLeft);
      pairs.append(senders[s], receivers[r]);
      carried = carried.add(share);
      if (Quorum.isResendCarried(carried, threshold)) {
        return pairs.trimmed();
      }
      senderLeft = senderLeft.subtract(share);
      receiverLeft = receiverLeft.subtract(share);
      if (senderLeft.signum() == 0) {
        senderLeft = senderStakes[senders[++s]];
      }
      if (receiverLeft.signum() == 0) {
        receiverLeft = receiverStakes[receivers[++r]];
      }
    }
  }
}
