package dev.mallard.testnet.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a process uses. Memory is known on Linux only ({@code /proc}); other systems tell the
 * processor time alone.
 *
 * @param rssMiB resident memory, −1 if the system does not tell
 * @param cpuSeconds processor time since its start, −1 if the system does not tell
 */
public record ProcessUsage(long rssMiB, double cpuSeconds) {
  private static final long KIB_PER_MIB = 1024;
  private static final double MILLIS = 1000.0;

  /** Of a process that runs now. */
  public static ProcessUsage of(long pid) {
    Optional<Duration> cpu =
        ProcessHandle.of(pid).flatMap(handle -> handle.info().totalCpuDuration());
    return new ProcessUsage(
        rssMiB(Path.of("/proc", Long.toString(pid), "status")),
        cpu.map(used -> used.toMillis() / MILLIS).orElse(-1.0));
  }

  static long rssMiB(Path status) {
    try {
      return Files.readString(status, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
          .findFirst()
          .orElse(-1L);
    } catch (IOException notLinux) {
      return -1;
    }
  }
}
