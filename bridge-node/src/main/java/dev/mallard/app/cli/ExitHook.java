package dev.mallard.app.cli;

/** Where a command leaves what has to be done before the process ends: at SIGTERM, at SIGINT. */
@FunctionalInterface
public interface ExitHook {
  /** Runs {@code work} when the process is asked to end; the process waits for it. */
  void atExit(Thread work);

  /** The virtual machine's shutdown hooks. */
  static ExitHook ofProcess() {
    return Runtime.getRuntime()::addShutdownHook;
  }
}
