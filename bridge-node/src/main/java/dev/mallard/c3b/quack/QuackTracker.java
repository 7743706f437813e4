package dev.mallard.c3b.quack;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.ack.AckProof;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cumulative quacks: the highest p that destination replicas with at least u_r + 1 stake have
 * acknowledged ([QUACK-1]), and the signed acks that show it to others ([QUACK-2]). A liar may
 * claim any p; the quorum bounds what that is worth.
 */
public final class QuackTracker {
  private final StakeFrontier frontier;
  private final @Nullable AckProof[] proofs;

  /**
   * @param quackedDurable the frontier that the disk remembers
   */
  public QuackTracker(StakeTable destination, long quackedDurable) {
    this.frontier = new StakeFrontier(destination, new Quorum(destination).quack(), quackedDurable);
    this.proofs = new @Nullable AckProof[destination.size()];
  }

  /**
   * Takes a replica's ack; one lower than its last changes nothing, for p is durable at the
   * acknowledger ([G-3]).
   *
   * @return whether the cumulative quack moved
   */
  public boolean onAck(int replica, long cumulative, AckProof proof) {
    if (cumulative >= frontier.valueOf(replica)) {
      proofs[replica] = proof;
    }
    return frontier.raise(replica, cumulative);
  }

  /** Everything up to here is quacked. */
  public long quacked() {
    return frontier.frontier();
  }

  /** The highest p a replica acknowledged. */
  public long cumulativeOf(int replica) {
    return frontier.valueOf(replica);
  }

  /** Who has acknowledged {@code sequence}, a bundle beyond the frontier, cumulatively. */
  public int[] holdersOf(long sequence) {
    return frontier.replicasAt(sequence);
  }

  /**
   * The newest signed acks of all that have reached the frontier, by replica: the quack certificate
   * ([QUACK-2]).
   */
  public Map<Integer, AckProof> proofs() {
    Map<Integer, AckProof> behind = new TreeMap<>();
    for (int i = 0; i < proofs.length; i++) {
      AckProof proof = proofs[i];
      if (proof != null && frontier.valueOf(i) >= quacked()) {
        behind.put(i, proof);
      }
    }
    return behind;
  }

  /** For {@link StateSink}: the proofs decide nothing. */
  public void describeState(StateSink sink) {
    frontier.describeState(sink);
  }
}
