package dev.mallard.deliver;

/**
 * Limits of one delivery transaction.
 *
 * @param gasMax gas the transaction may be given
 * @param entriesMax entries it carries
 * @param takeoverBlocks T: local blocks after which the next replica steps in ([DLV-2])
 */
public record DeliveryLimits(long gasMax, int entriesMax, int takeoverBlocks) {
  public DeliveryLimits {
    if (gasMax < 500_000 || entriesMax < 1 || takeoverBlocks < 1) {
      throw new IllegalArgumentException(
          "delivery limits: gas "
              + gasMax
              + " (at least 500000), entries "
              + entriesMax
              + " (at least 1), take-over after "
              + takeoverBlocks
              + " blocks (at least 1)");
    }
  }
}
