package dev.mallard.stake;

/**
 * One row of a stake table.
 *
 * @param index the row's place, from 0; certificates name signers by it
 * @param key the address that the validator's bridge key signs for, never zero (a failed {@code
 *     ecrecover} yields zero)
 * @param stake may be zero: such a replica still takes part but decides nothing [SCHED-4]
 */
public record Validator(int index, BridgeAddress key, Stake stake) {

  public Validator {
    if (index < 0 || index >= StakeTable.VALIDATORS_MAX) {
      throw new IllegalArgumentException(
          "a validator's index lies in 0.." + (StakeTable.VALIDATORS_MAX - 1) + ", got " + index);
    }
    if (key.equals(BridgeAddress.ZERO)) {
      throw new IllegalArgumentException("validator " + index + " has the zero address as its key");
    }
  }
}
