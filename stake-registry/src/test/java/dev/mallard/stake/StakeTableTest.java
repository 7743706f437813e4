package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StakeTableTest {

  private static final FaultModel NO_FAULTS = new FaultModel(Stake.ZERO, Stake.ZERO);

  @Test
  void findsValidatorsByKeyAndByIndex() {
    StakeTable table = StakeTables.of(31337, 40, 30, 20, 10);
    assertEquals(4, table.size());
    assertEquals(Stake.of(100), table.total());
    assertEquals(Stake.of(20), table.stakeOf(2));
    assertEquals(OptionalInt.of(2), table.indexOf(StakeTables.key(2)));
    assertEquals(OptionalInt.empty(), table.indexOf(StakeTables.key(4)));
    assertEquals("31337/2", table.replica(2).toString());
    assertThrows(IndexOutOfBoundsException.class, () -> table.replica(4));
  }

  @Test
  void refusesTwoValidatorsWithOneKey() {
    Validator first = new Validator(0, StakeTables.key(5), Stake.of(1));
    Validator second = new Validator(1, StakeTables.key(5), Stake.of(1));
    assertTrue(refusal(List.of(first, second)).contains("validators 0 and 1 share the key 0x"));
  }

  @Test
  void refusesAValidatorOutOfItsPlace() {
    assertTrue(
        refusal(List.of(new Validator(1, StakeTables.key(1), Stake.of(1)))).contains("place 0"));
  }

  @Test
  void refusesNoValidatorsAndTooMany() {
    assertTrue(refusal(List.of()).contains("got 0"));
    List<Stake> tooMany = Collections.nCopies(StakeTable.VALIDATORS_MAX + 1, Stake.of(1));
    assertThrows(IllegalArgumentException.class, () -> StakeTables.of(1, tooMany));
    List<Stake> most = Collections.nCopies(StakeTable.VALIDATORS_MAX, Stake.of(1));
    assertEquals(StakeTable.VALIDATORS_MAX, StakeTables.of(1, most).size());
  }

  @Test
  void refusesATotalAbove256Bits() {
    Stake half = new Stake(BigInteger.TWO.pow(255));
    Validator one = new Validator(0, StakeTables.key(0), half);
    Validator other = new Validator(1, StakeTables.key(1), half);
    assertTrue(refusal(List.of(one, other)).contains("below 2^256"));
    Validator almost = new Validator(1, StakeTables.key(1), half.minus(Stake.of(1)));
    assertEquals(256, tableOf(List.of(one, almost), NO_FAULTS).total().units().bitLength());
  }

  @Test
  void refusesAFaultModelThatTheTotalCannotCarry() {
    List<Stake> four = Collections.nCopies(4, Stake.of(1));
    FaultModel two = new FaultModel(Stake.of(2), Stake.ZERO);
    assertThrows(IllegalArgumentException.class, () -> StakeTables.of(1, four, two));
    assertEquals(5, StakeTables.of(1, Collections.nCopies(5, Stake.of(1)), two).size());
  }

  @Test
  void equalsATableWithTheSameRowsOnly() {
    assertEquals(StakeTables.of(1, 4, 3), StakeTables.of(1, 4, 3));
    assertEquals(StakeTables.of(1, 4, 3).hashCode(), StakeTables.of(1, 4, 3).hashCode());
    assertNotEquals(StakeTables.of(1, 4, 3), StakeTables.of(1, 3, 4));
    assertNotEquals(StakeTables.of(1, 4, 3), StakeTables.of(2, 4, 3));
  }

  private static String refusal(List<Validator> validators) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> tableOf(validators, NO_FAULTS))
            .getMessage();
    return String.valueOf(message);
  }

  private static StakeTable tableOf(List<Validator> validators, FaultModel faults) {
    return new StakeTable(new RsmId(1), Epoch.FIRST, validators, faults);
  }
}
