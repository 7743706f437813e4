package dev.mallard.store;

import java.io.IOException;

/** The disk or what is on it cannot be used; the message says what it is and what to do. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the folder, what is wrong and the remedy. */
  public StoreException(String message) {
    super(message);
  }

  /** As above, with the cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
