package dev.mallard.testnet.localnet;

/** A part of the network did not come up; the message says which, why, and where its log is. */
public final class StartFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Names part, reason and log. */
  public StartFailedException(String message) {
    super(message);
  }

  /** As above, with the cause. */
  public StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
