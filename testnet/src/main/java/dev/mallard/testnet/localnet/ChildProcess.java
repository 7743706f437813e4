package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One started program of a network: its process, its log, its end. Stopped by process id, never by
 * name.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);
  private static final int TAIL_LINES = 12;

  private final String name;
  private final Path log;
  private final ProcessHandle handle;

  private ChildProcess(String name, Path log, ProcessHandle handle) {
    this.name = name;
    this.log = log;
    this.handle = handle;
  }

  /**
   * Starts a program with its output appended to a log.
   *
   * @throws StartFailedException when there is no such program or it may not run
   */
  public static ChildProcess start(String name, List<String> command, Path folder, Path log)
      throws StartFailedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process.getOutputStream().close();
      return new ChildProcess(name, log, process.toHandle());
    } catch (IOException e) {
      throw new StartFailedException(
          name + " could not be started (" + command.getFirst() + "): " + e.getMessage(), e);
    }
  }

  /**
   * A program that another process started, by its id; its start time guards against a reused id.
   */
  public static java.util.Optional<ChildProcess> attach(
      String name, long pid, long startMillis, Path log) {
    return ProcessHandle.of(pid)
        .filter(h -> startMillisOf(h) == startMillis)
        .map(h -> new ChildProcess(name, log, h));
  }

  /** What the program is in this network. */
  public String name() {
    return name;
  }

  /** Where its output goes. */
  public Path log() {
    return log;
  }

  /** Its process id. */
  public long pid() {
    return handle.pid();
  }

  /** When the system says it started, milliseconds since 1970; 0 where the system does not say. */
  public long startMillis() {
    return startMillisOf(handle);
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return handle.isAlive();
  }

  /** Asks it to end (SIGTERM) and does not wait; {@link #close} waits. */
  public void requestStop() {
    handle.destroy();
  }

  /** Ends it as a crash would (SIGKILL) and waits until it is gone. */
  public void killNow() {
    handle.destroyForcibly();
    awaitExit(STOP_PATIENCE);
  }

  /** Asks it to end, and kills it if it does not in time. */
  @Override
  public void close() {
    handle.destroy();
    if (!awaitExit(STOP_PATIENCE)) {
      killNow();
    }
  }

  /** The last lines of its log, for messages about failures. */
  public String logTail() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private boolean awaitExit(Duration limit) {
    CompletableFuture<ProcessHandle> exit = handle.onExit();
    try {
      exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !handle.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    } catch (java.util.concurrent.ExecutionException e) {
      return !handle.isAlive();
    }
  }

  private static long startMillisOf(ProcessHandle handle) {
    return handle.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }
}
