package dev.mallard.metrics;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Samples of the process: memory, processor time, threads. */
final class ProcessMetrics {
  /** Pages of memory; the second number is the resident ones. Linux only. */
  private static final Path PAGES = Path.of("/proc/self/statm");

  private static final long PAGE_BYTES = 4_096;

  private ProcessMetrics() {}

  static void write(PrometheusText text) {
    long resident = residentBytes();
    if (resident > 0) {
      text.gauge("mallard_process_resident_memory_bytes", "Memory of the process.", resident);
    }
    text.counter("mallard_process_cpu_seconds_total", "Processor time used.", cpuSeconds());
    Runtime runtime = Runtime.getRuntime();
    text.gauge(
        "mallard_jvm_heap_used_bytes",
        "Java heap in use.",
        runtime.totalMemory() - runtime.freeMemory());
    text.gauge("mallard_jvm_heap_max_bytes", "Limit of the Java heap.", runtime.maxMemory());
    text.counter("mallard_jvm_gc_seconds_total", "Time spent collecting garbage.", gcSeconds());
    text.gauge(
        "mallard_jvm_threads", "Threads.", ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L)
        / 1e3;
  }

  private static double gcSeconds() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .filter(millis -> millis > 0)
            .sum()
        / 1e3;
  }

  private static long residentBytes() {
    try {
      String[] pages = Files.readString(PAGES, StandardCharsets.US_ASCII).split(" ", -1);
      return Long.parseLong(pages[1]) * PAGE_BYTES;
    } catch (IOException | NumberFormatException notLinux) {
      return 0;
    }
  }
}
