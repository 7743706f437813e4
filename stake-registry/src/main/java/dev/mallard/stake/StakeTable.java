package dev.mallard.stake;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The validators of one RSM in one epoch, with their stakes and the fault model that thresholds
 * derive from. Immutable; two nodes with equal tables compute equal schedules and equal quorums
 * [SCHED-5].
 */
public final class StakeTable {

  /** Most validators a table may hold. */
  public static final int VALIDATORS_MAX = 4096;

  private final RsmId rsm;
  private final Epoch epoch;
  private final List<Validator> validators;
  private final FaultModel faultModel;
  private final Stake total;
  private final Map<BridgeAddress, Integer> indexByKey;

  /**
   * @throws IllegalArgumentException if the table is empty or too long, a validator stands in a
   *     place other than its index, two share a key, the total needs more than 256 bits, or the
   *     fault model asks for more total stake
   */
  public StakeTable(RsmId rsm, Epoch epoch, List<Validator> validators, FaultModel faultModel) {
    this.rsm = Objects.requireNonNull(rsm);
    this.epoch = Objects.requireNonNull(epoch);
    this.validators = List.copyOf(validators);
    this.faultModel = faultModel;
    requireSize(this.validators.size());
    this.indexByKey = indexByKey(this.validators);
    this.total = total(this.validators);
    faultModel.requireFor(total);
  }

  /** Whose validators these are. */
  public RsmId rsm() {
    return rsm;
  }

  /** The epoch in which this table holds; its RSM's own count. */
  public Epoch epoch() {
    return epoch;
  }

  /** In index order; unmodifiable. */
  public List<Validator> validators() {
    return validators;
  }

  /** Sound for {@link #total}: the constructor saw to it. */
  public FaultModel faultModel() {
    return faultModel;
  }

  /** Number of validators; indices run from 0 to below it. */
  public int size() {
    return validators.size();
  }

  /** Δ, the sum of all stakes. */
  public Stake total() {
    return total;
  }

  /** The stake of the validator at {@code index}, from 0 to below {@link #size}. */
  public Stake stakeOf(int index) {
    return validators.get(index).stake();
  }

  /** The key of the validator at {@code index}, from 0 to below {@link #size}. */
  public BridgeAddress keyOf(int index) {
    return validators.get(index).key();
  }

  /** Stakes in index order, as {@link HamiltonApportionment} takes them. */
  public List<Stake> stakes() {
    return validators.stream().map(Validator::stake).toList();
  }

  /** The validator at {@code index} as others name it, from 0 to below {@link #size}. */
  public ReplicaId replica(int index) {
    return new ReplicaId(rsm, Objects.checkIndex(index, size()));
  }

  /** Whose key this is; empty for a stranger's. */
  public OptionalInt indexOf(BridgeAddress key) {
    Integer index = indexByKey.get(key);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private static void requireSize(int size) {
    if (size == 0 || size > VALIDATORS_MAX) {
      throw new IllegalArgumentException(
          "a stake table has 1.." + VALIDATORS_MAX + " validators, got " + size);
    }
  }

  private static Map<BridgeAddress, Integer> indexByKey(List<Validator> validators) {
    Map<BridgeAddress, Integer> byKey = HashMap.newHashMap(validators.size());
    for (int i = 0; i < validators.size(); i++) {
      Validator validator = validators.get(i);
      if (validator.index() != i) {
        throw new IllegalArgumentException(
            "validator " + validator.index() + " stands in place " + i + " of the table");
      }
      Integer earlier = byKey.putIfAbsent(validator.key(), i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "validators " + earlier + " and " + i + " share the key " + validator.key());
      }
    }
    return byKey;
  }

  private static Stake total(List<Validator> validators) {
    BigInteger sum =
        validators.stream().map(v -> v.stake().units()).reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.bitLength() > Stake.STAKE_BITS_MAX) {
      throw new IllegalArgumentException("total stake must be below 2^256, got " + sum);
    }
    return new Stake(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StakeTable that
        && rsm.equals(that.rsm)
        && epoch.equals(that.epoch)
        && faultModel.equals(that.faultModel)
        && validators.equals(that.validators);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rsm, epoch, faultModel, validators);
  }

  @Override
  public String toString() {
    return "StakeTable[rsm "
        + rsm
        + ", epoch "
        + epoch
        + ", "
        + size()
        + " validators, total "
        + total
        + "]";
  }
}
