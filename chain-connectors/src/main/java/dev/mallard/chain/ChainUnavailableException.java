package dev.mallard.chain;

import java.io.IOException;

/** No RPC of the chain gave a usable answer in time. Never fatal: wait, back off, try again. */
public final class ChainUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the chain, the endpoint (without credentials) and what to look at. */
  public ChainUnavailableException(String message) {
    super(message);
  }

  /** As above, with the cause. */
  public ChainUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
