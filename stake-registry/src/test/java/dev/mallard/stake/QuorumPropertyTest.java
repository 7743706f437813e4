package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class QuorumPropertyTest {

  @Property
  @Tag("CERT-2")
  void aliveStakeAlwaysReachesEveryThresholdAndLyingStakeNone(
      @ForAll("models") FaultedTotal given) {
    Quorum quorum = given.quorum();
    Stake u = given.faults().u();
    Stake r = given.faults().r();
    Stake alive = given.total().minus(u);
    assertTrue(quorum.isCertificate(alive) && quorum.isQuack(alive));
    assertTrue(quorum.isComplaint(alive) && quorum.isAnnouncement(alive));
    assertFalse(quorum.isCertificate(r) || quorum.isQuack(u));
    assertFalse(quorum.isComplaint(r) || quorum.isAnnouncement(r));
  }

  @Property
  @Tag("CERT-2")
  void anyTwoCertificatesShareMoreStakeThanCanLie(@ForAll("models") FaultedTotal given) {
    BigInteger certificate = given.quorum().certificate().units();
    BigInteger shared = certificate.shiftLeft(1).subtract(given.total().units());
    assertTrue(shared.compareTo(given.faults().r().units()) > 0);
  }

  @Property
  @Tag("SCHED-3")
  void resendsAlwaysEndBeforeAllStakeIsConsumed(
      @ForAll("models") FaultedTotal senders, @ForAll("models") FaultedTotal receivers) {
    StakeScale scale = StakeScale.between(senders.table(), receivers.table());
    BigInteger threshold = Quorum.resendCarried(senders.table(), receivers.table());
    assertEquals(scale.total(), scale.ofSender(senders.total()));
    assertEquals(scale.total(), scale.ofReceiver(receivers.total()));
    assertTrue(Quorum.isResendCarried(scale.total(), threshold));
  }

  @Provide
  Arbitrary<FaultedTotal> models() {
    BigInteger max = BigInteger.TWO.pow(254);
    Arbitrary<BigInteger> units =
        Arbitraries.oneOf(
            Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN),
            Arbitraries.bigIntegers().between(BigInteger.ZERO, max));
    return Combinators.combine(units, units, Arbitraries.longs().between(0, 9))
        .as((one, other, spare) -> {
          FaultModel faults = new FaultModel(new Stake(one.max(other)), new Stake(one.min(other)));
          return new FaultedTotal(
              new Stake(faults.totalMin().add(BigInteger.valueOf(spare))), faults);
        });
  }

  record FaultedTotal(Stake total, FaultModel faults) {

    StakeTable table() {
      return StakeTables.of(7, List.of(total), faults);
    }

    Quorum quorum() {
      return new Quorum(table());
    }
  }
}
