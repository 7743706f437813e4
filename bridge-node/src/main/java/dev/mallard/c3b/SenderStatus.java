package dev.mallard.c3b;

import java.util.List;
import java.util.Optional;

/**
 * The source side of a stream at one moment, for people to look at.
 *
 * @param top the highest bundle known to be certified
 * @param quacked the cumulative quack frontier
 * @param inFlight bundles sent or to be sent by somebody, not yet quacked
 * @param inFlightBytes their payload
 * @param waiting certified bundles that the window has no room for
 * @param isIntakeOpen whether the chain may be read on ([SEND-2])
 * @param acknowledged by destination replica: its last cumulative ack, 0 before the first
 * @param oldest what the frontier waits for; empty when everything is quacked
 */
public record SenderStatus(
    long top,
    long quacked,
    int inFlight,
    long inFlightBytes,
    int waiting,
    boolean isIntakeOpen,
    List<Long> acknowledged,
    Optional<Waiting> oldest) {
  public SenderStatus {
    acknowledged = List.copyOf(acknowledged);
  }

  /**
   * The oldest bundle without a cumulative quack.
   *
   * @param round resend rounds opened for it so far
   * @param missing destination replicas that have not acknowledged it, cumulatively or by phi-list
   */
  public record Waiting(long sequence, int round, List<Integer> missing) {
    public Waiting {
      missing = List.copyOf(missing);
    }
  }
}
