package dev.mallard.stake;

/**
 * One member of an RSM's validator set, by its place in the stake table of the epoch at hand.
 *
 * @param rsm whose validator set
 * @param index from 0, below {@link StakeTable#VALIDATORS_MAX}
 */
public record ReplicaId(RsmId rsm, int index) implements Comparable<ReplicaId> {

  public ReplicaId {
    if (index < 0 || index >= StakeTable.VALIDATORS_MAX) {
      throw new IllegalArgumentException(
          "a replica index lies in 0.." + (StakeTable.VALIDATORS_MAX - 1) + ", got " + index);
    }
  }

  @Override
  public int compareTo(ReplicaId other) {
    int byRsm = rsm.compareTo(other.rsm);
    return byRsm != 0 ? byRsm : Integer.compare(index, other.index);
  }

  /** {@code "31337/2"}. */
  @Override
  public String toString() {
    return rsm + "/" + index;
  }
}
