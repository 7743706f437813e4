package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
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

  private static Quorum upRight(long total, long u, long r) {
    FaultModel faults = new FaultModel(Stake.of(u), Stake.of(r));
    return new Quorum(StakeTables.of(7, List.of(Stake.of(total)), faults));
  }
}
