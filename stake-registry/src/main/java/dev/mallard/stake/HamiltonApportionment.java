package dev.mallard.stake;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * [SCHED-1] Hamilton's method: a quantum of slots is shared out in proportion to stake. Everybody
 * gets the whole part of the exact share; slots left over go to the largest remainders, ties to the
 * lower index. Integer arithmetic only, so every replica computes the same.
 *
 * <p>Nobody ends more than one slot away from the exact share, and zero stake gets no slot.
 */
public final class HamiltonApportionment {

  /** Most slots in a quantum: schedules hold one array element for each. */
  public static final int QUANTUM_SLOTS_MAX = 1 << 20;

  private HamiltonApportionment() {}

  /**
   * @param stakes by replica index; any sum, even above 256 bits, but not zero
   * @param quantum slots to share out, 1 to {@link #QUANTUM_SLOTS_MAX}
   * @return slots by replica index, {@code quantum} in all
   */
  public static int[] slots(List<Stake> stakes, int quantum) {
    if (quantum < 1 || quantum > QUANTUM_SLOTS_MAX) {
      throw new IllegalArgumentException(
          "a quantum has 1.." + QUANTUM_SLOTS_MAX + " slots, got " + quantum);
    }
    BigInteger total = stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add);
    if (total.signum() == 0) {
      throw new IllegalArgumentException("slots need a total stake above zero");
    }
    return share(stakes, BigInteger.valueOf(quantum), total);
  }

  private static int[] share(List<Stake> stakes, BigInteger quantum, BigInteger total) {
    int[] slots = new int[stakes.size()];
    BigInteger[] remainders = new BigInteger[stakes.size()];
    int left = quantum.intValue();
    for (int i = 0; i < slots.length; i++) {
      BigInteger[] wholeAndRest = stakes.get(i).units().multiply(quantum).divideAndRemainder(total);
      slots[i] = wholeAndRest[0].intValueExact();
      remainders[i] = wholeAndRest[1];
      left -= slots[i];
    }
    byRemainder(remainders).limit(left).forEach(i -> slots[i]++);
    return slots;
  }

  /** Indices by falling remainder; the sort is stable, so ties stay in index order. */
  private static IntStream byRemainder(BigInteger[] remainders) {
    return IntStream.range(0, remainders.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .mapToInt(Integer::intValue);
  }
}
