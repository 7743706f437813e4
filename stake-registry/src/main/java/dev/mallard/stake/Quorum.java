package dev.mallard.stake;

import java.math.BigInteger;

/**
 * Every stake threshold of the protocol, once, named after its clause. One quorum belongs to one
 * stake table: the source's for certificates and announcements, the destination's for quacks and
 * complaints.
 */
public final class Quorum {

  private static final Stake ONE = Stake.of(1);

  private final StakeTable table;
  private final Stake certificate;
  private final Stake quack;
  private final Stake oneHonest;

  public Quorum(StakeTable table) {
    FaultModel faults = table.faultModel();
    this.table = table;
    this.certificate = table.total().minus(faults.u());
    this.quack = faults.u().plus(ONE);
    this.oneHonest = faults.r().plus(ONE);
  }

  /** The table that the thresholds derive from. */
  public StakeTable table() {
    return table;
  }

  /**
   * [CERT-2] Least stake whose attestations form a certificate: Δ − u, all that is sure to be
   * alive.
   */
  public Stake certificate() {
    return certificate;
  }

  /**
   * [QUACK-1] Least stake whose acks form a quack: u + 1, so that one of the holders is correct and
   * stays up.
   */
  public Stake quack() {
    return quack;
  }

  /** [LOSS-1] Least stake whose complaints count as a loss: r + 1, more than can lie. */
  public Stake complaint() {
    return oneHonest;
  }

  /**
   * [GC-2] Least stake whose word that a bundle is quacked is believed: r + 1, more than can lie.
   */
  public Stake announcement() {
    return oneHonest;
  }

  /** [CERT-2] Whether attestations of this much stake certify. */
  public boolean isCertificate(Stake signers) {
    return signers.isAtLeast(certificate);
  }

  /** [QUACK-1] Whether acks of this much stake are a quack. */
  public boolean isQuack(Stake holders) {
    return holders.isAtLeast(quack);
  }

  /** [LOSS-1] Whether complaints of this much stake count as a loss. */
  public boolean isComplaint(Stake complainers) {
    return complainers.isAtLeast(oneHonest);
  }

  /** [GC-2] Whether this much stake is believed when it says that a bundle is quacked. */
  public boolean isAnnouncement(Stake announcers) {
    return announcers.isAtLeast(oneHonest);
  }

  /**
   * [SCHED-3] Scaled stake that all retransmission pairs of a bundle must together exceed: u_s +
   * u_r, in the common units of {@link StakeScale}. It is below the lcm of the two totals, so the
   * walk over pairs always ends.
   */
  public static BigInteger resendCarried(StakeTable senders, StakeTable receivers) {
    StakeScale scale = StakeScale.between(senders, receivers);
    return scale
        .ofSender(senders.faultModel().u())
        .add(scale.ofReceiver(receivers.faultModel().u()));
  }

  /**
   * [SCHED-3] Whether the pairs walked so far carry enough: strictly more than {@code threshold}.
   */
  public static boolean isResendCarried(BigInteger carried, BigInteger threshold) {
    return carried.compareTo(threshold) > 0;
  }

  /** An empty tally over this quorum's table. */
  public StakeTally newTally() {
    return new StakeTally(table);
  }

  @Override
  public String toString() {
    return "Quorum[certificate "
        + certificate
        + ", quack "
        + quack
        + ", complaint "
        + oneHonest
        + " of "
        + table.total()
        + "]";
  }
}
