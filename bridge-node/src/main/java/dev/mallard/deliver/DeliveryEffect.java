package dev.mallard.deliver;

/** What the {@link DeliveryTurn} wants done. */
public sealed interface DeliveryEffect {
  /**
   * Assemble and submit held bundles, as many from the first on as fit one transaction ({@link
   * DeliveryAssembly}); answer with {@link DeliveryInput.SubmissionEnded}, always.
   *
   * @param takeover how many replicas were passed over; 0 when it is the scheduled one's turn
   *     ([DLV-2])
   */
  record Submit(long fromSequence, long toSequence, int takeover) implements DeliveryEffect {}
}
