package dev.mallard.app.cli;

/** What the process tells whoever started it; numbers as in sysexits.h. */
public final class ExitCode {
  /** All is well. */
  public static final int OK = 0;

  /** A check failed, or the node could not start. */
  public static final int FAILED = 1;

  /** Wrong arguments; what picocli returns by itself. */
  public static final int USAGE = 2;

  /** The configuration has mistakes; starting again changes nothing. */
  public static final int CONFIG = 78;

  private ExitCode() {}
}
