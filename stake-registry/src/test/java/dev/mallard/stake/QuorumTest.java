package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QuorumTest {

  /** Δ = 100, u = 33, r = 33. */
  private final Quorum bft = new Quorum(StakeTables.of(1, 40, 30, 20, 10));

  @Test
  @Tag("CERT-2")
  void certificateNeedsAllStakeThatIsSureToBeAlive() {
    assertEquals(Stake.of(67), bft.certificate());
    assertTrue(bft.isCertificate(Stake.of(67)));
    assertFalse(bft.isCertificate(Stake.of(66)));
  }

  @Test
  @Tag("QUACK-1")
  void quackNeedsMoreStakeThanCanFail() {
    assertEquals(Stake.of(34), bft.quack());
    assertTrue(bft.isQuack(Stake.of(34)));
    assertFalse(bft.isQuack(Stake.of(33)));
  }

  @Test
  @Tag("LOSS-1")
  @Tag("GC-2")
  void complaintsAndAnnouncementsNeedMoreStakeThanCanLie() {
    Quorum upRight = upRight(100, 30, 9);
    assertEquals(Stake.of(10), upRight.complaint());
    assertTrue(upRight.isComplaint(Stake.of(10)));
    assertFalse(upRight.isComplaint(Stake.of(9)));
    assertEquals(Stake.of(10), upRight.announcement());
    assertTrue(upRight.isAnnouncement(Stake.of(10)));
    assertFalse(upRight.isAnnouncement(Stake.of(9)));
    assertEquals(Stake.of(31), upRight.quack());
    assertEquals(Stake.of(70), upRight.certificate());
  }

  @Test
  @Tag("LOSS-1")
  void inACrashFaultClusterOneComplaintIsEnough() {
    Quorum cft = upRight(5, 2, 0);
    assertEquals(Stake.of(1), cft.complaint());
    assertEquals(Stake.of(3), cft.quack());
    assertEquals(Stake.of(3), cft.certificate());
  }

  @Property
  @net.jqwik.api.Tag("CERT-2")
  void aliveStakeAlwaysReachesEveryThresholdAndLyingStakeNone(@ForAll("models") FaultedTotal given) {
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
  @net.jqwik.api.Tag("CERT-2")
  void anyTwoCertificatesShareMoreStakeThanCanLie(@ForAll("models") FaultedTotal given) {
    BigInteger certificate = given.quorum().certificate().units();
    BigInteger shared = certificate.shiftLeft(1).subtract(given.total().units());
    assertTrue(shared.compareTo(given.faults().r().units()) > 0);
  }

  @Test
  @Tag("SCHED-3")
  void resendsAreCarriedOnceScaledStakeExceedsWhatBothSidesMayLose() {
    StakeTable four = StakeTables.of(1, 1, 1, 1, 1);
    StakeTable ten = StakeTables.of(2, 4, 3, 2, 1);
    // lcm(4, 10) = 20: u = 1 of 4 weighs 5, u = 3 of 10 weighs 6.
    BigInteger threshold = Quorum.resendCarried(four, ten);
    assertEquals(BigInteger.valueOf(11), threshold);
    assertFalse(Quorum.isResendCarried(BigInteger.valueOf(11), threshold));
    assertTrue(Quorum.isResendCarried(BigInteger.valueOf(12), threshold));
    StakeScale scale = StakeScale.between(four, ten);
    assertEquals(BigInteger.valueOf(5), scale.ofSender(Stake.of(1)));
    assertEquals(BigInteger.valueOf(8), scale.ofReceiver(Stake.of(4)));
  }

  @Property
  @net.jqwik.api.Tag("SCHED-3")
  void resendsAlwaysEndBeforeAllStakeIsConsumed(
      @ForAll("models") FaultedTotal senders, @ForAll("models") FaultedTotal receivers) {
    StakeScale scale = StakeScale.between(senders.table(), receivers.table());
    BigInteger threshold = Quorum.resendCarried(senders.table(), receivers.table());
    assertEquals(scale.total(), scale.ofSender(senders.total()));
    assertEquals(scale.total(), scale.ofReceiver(receivers.total()));
    assertTrue(Quorum.isResendCarried(scale.total(), threshold));
  }

  @Test
  void faultModelPresetsAreTheLargestSoundOnes() {
    assertEquals(new FaultModel(Stake.of(33), Stake.of(33)), FaultModel.bft(Stake.of(100)));
    assertEquals(new FaultModel(Stake.of(49), Stake.ZERO), FaultModel.cft(Stake.of(100)));
    assertEquals(new FaultModel(Stake.of(2), Stake.ZERO), FaultModel.cft(Stake.of(5)));
    assertEquals(new FaultModel(Stake.ZERO, Stake.ZERO), FaultModel.bft(Stake.of(3)));
    assertThrows(IllegalArgumentException.class, () -> FaultModel.bft(Stake.ZERO));
  }

  @Test
  void faultModelNamesTheValuesItRefuses() {
    FaultModel faults = new FaultModel(Stake.of(34), Stake.of(33));
    var refused =
        assertThrows(IllegalArgumentException.class, () -> faults.requireFor(Stake.of(101)));
    assertEquals(
        "total stake must be at least 2u + r + 1 = 102 for u = 34, r = 33, got 101",
        refused.getMessage());
    faults.requireFor(Stake.of(102));
    var lyingMoreThanFailing =
        assertThrows(
            IllegalArgumentException.class, () -> new FaultModel(Stake.of(1), Stake.of(2)));
    assertTrue(lyingMoreThanFailing.getMessage().contains("u = 1, r = 2"));
  }

  @Provide
  Arbitrary<FaultedTotal> models() {
    BigInteger max = BigInteger.TWO.pow(254);
    Arbitrary<BigInteger> units =
        Arbitraries.oneOf(
            Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN),
            Arbitraries.bigIntegers().between(BigInteger.ZERO, max));
    return net.jqwik.api.Combinators.combine(units, units, Arbitraries.longs().between(0, 9))
        .as(
            (one, other, spare) -> {
              FaultModel faults = new FaultModel(new Stake(one.max(other)), new Stake(one.min(other)));
              return new FaultedTotal(
                  new Stake(faults.totalMin().add(BigInteger.valueOf(spare))), faults);
            });
  }

  private static Quorum upRight(long total, long u, long r) {
    return new FaultedTotal(Stake.of(total), new FaultModel(Stake.of(u), Stake.of(r))).quorum();
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
