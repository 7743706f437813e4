package dev.mallard.chain.evm;

import dev.mallard.chain.BlockRef;
import java.io.IOException;

/**
 * One endpoint gave no usable answer; another one may. Stays inside this package: callers see a
 * ChainUnavailableException that names all endpoints.
 */
sealed class EndpointFaultException extends IOException {
  private static final long serialVersionUID = 1L;

  EndpointFaultException(String message) {
    super(message);
  }

  EndpointFaultException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Well-formed answers that do not fit together: dropped logs, a stale or foreign head. */
  static final class Suspect extends EndpointFaultException {
    private static final long serialVersionUID = 1L;

    Suspect(String message) {
      super(message);
    }
  }

  /** The endpoint does not know a block (yet): others may, or itself in a moment. */
  static final class BlockUnknown extends EndpointFaultException {
    private static final long serialVersionUID = 1L;

    BlockUnknown(String message) {
      super(message);
    }
  }

  /** A log query that covered too much for the endpoint or for our limit. */
  static final class TooMuch extends EndpointFaultException {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message);
    }
  }

  /** Asked again, the endpoint insists that a finalized block was replaced. */
  static final class Forked extends EndpointFaultException {
    private static final long serialVersionUID = 1L;

    private final transient BlockRef expected;
    private final transient BlockRef found;

    Forked(BlockRef expected, BlockRef found) {
      super("finalized block " + expected + " was replaced by " + found);
      this.expected = expected;
      this.found = found;
    }

    BlockRef expected() {
      return expected;
    }

    BlockRef found() {
      return found;
    }
  }
}
