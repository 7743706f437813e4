package dev.mallard.deliver;

/**
 * What can happen to the {@link DeliveryTurn} of an incoming stream. New local blocks are its only
 * clock.
 */
public sealed interface DeliveryInput {
  /** This replica holds every bundle up to here durably. */
  record HeldAdvanced(long sequence) implements DeliveryInput {}

  /**
   * The local Inbox at the newest block; for every new block, whether it moved or not.
   *
   * @param sequence the last bundle it accepted
   */
  record InboxLatest(long sequence, long blockNumber) implements DeliveryInput {}

  /** What became of the submission in flight. */
  record SubmissionEnded(Ending ending) implements DeliveryInput {}

  /** How a submission ended. */
  sealed interface Ending {
    /** In a block; {@code success} is false when the Inbox reverted. */
    record Mined(long blockNumber, boolean success) implements Ending {}

    /** Somebody else was faster ([DLV-3]); nothing was spent. */
    record AlreadyDelivered() implements Ending {}

    /**
     * Nothing was sent, or what was sent is gone: refused, unpayable, dropped, no RPC, nothing to
     * assemble.
     */
    record Failed(String reason) implements Ending {}
  }
}
