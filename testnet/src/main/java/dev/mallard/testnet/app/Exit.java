package dev.mallard.testnet.app;

/** Exit codes of the {@code mallard} command; 2 is for arguments that are wrong. */
final class Exit {
  /** All is well. */
  static final int OK = 0;

  /** It ran, and something is not as it should be. */
  static final int FAILED = 1;

  private Exit() {}
}
