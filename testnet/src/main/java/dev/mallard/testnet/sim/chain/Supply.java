package dev.mallard.testnet.sim.chain;

import java.util.Optional;

/**
 * Whether value is conserved over two chains, at any instant, from their newest blocks. It follows
 * both ledgers, so asking costs nothing.
 */
public final class Supply {
  private final VirtualChain left;
  private final VirtualChain right;
  private final TransferLane rightwards;
  private final TransferLane leftwards;

  /** Over two chains that talk to each other. */
  public Supply(VirtualChain left, VirtualChain right) {
    this.left = left;
    this.right = right;
    rightwards = new TransferLane(left.ledger(), right.ledger());
    leftwards = new TransferLane(right.ledger(), left.ledger());
  }

  /** What is locked and neither executed nor refunded, in both directions. */
  public long inFlight() {
    return rightwards.inFlight() + leftwards.inFlight();
  }

  /** Whether accounts and what is in flight add up to what there was. */
  public boolean isConserved() {
    return left.ledger().accounts() + right.ledger().accounts() + inFlight() == 2 * Ledger.INITIAL;
  }

  /** The first thing that is wrong, in words; empty while all is well. */
  public Optional<String> violation() {
    Optional<String> found = violation(rightwards, left);
    if (found.isEmpty()) {
      found = violation(leftwards, right);
    }
    if (found.isEmpty() && !isConserved()) {
      return Optional.of(
          "accounts hold "
              + left.ledger().accounts()
              + " and "
              + right.ledger().accounts()
              + ", in flight are "
              + inFlight()
              + ", together not "
              + 2 * Ledger.INITIAL);
    }
    return found;
  }

  private static Optional<String> violation(TransferLane lane, VirtualChain source) {
    if (lane.mintedTwice() > 0) {
      return say(lane.mintedTwice(), source, "were executed twice");
    }
    if (lane.refundedTwice() > 0) {
      return say(lane.refundedTwice(), source, "were refunded twice");
    }
    if (lane.refundedThoughMinted() > 0) {
      return say(lane.refundedThoughMinted(), source, "were refunded though executed");
    }
    if (lane.mintedFromNothing() > 0) {
      return say(lane.mintedFromNothing(), source, "were executed though not sent");
    }
    return Optional.empty();
  }

  private static Optional<String> say(int transfers, VirtualChain source, String what) {
    return Optional.of(transfers + " transfers of stream " + source.outgoing() + " " + what);
  }
}
