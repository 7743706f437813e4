package dev.mallard.store;

/**
 * A commit would contradict what is already durable, such as a second, different attestation for
 * one count ([CERT-1]). The whole commit is refused and the store stays well: the caller has a bug,
 * or its chain changed a finalized block.
 */
public final class ContradictionException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Names the stream, what is durable and what was asked. */
  public ContradictionException(String message) {
    super(message);
  }
}
