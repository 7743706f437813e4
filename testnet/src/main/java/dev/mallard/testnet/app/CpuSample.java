package dev.mallard.testnet.app;

import dev.mallard.testnet.demo.ProcessUsage;
import dev.mallard.testnet.localnet.NetworkState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processor time that nodes use while one waits: what an idle network costs. 100 % is one core.
 */
final class CpuSample {
  private final Map<Long, Double> percent;

  private CpuSample(Map<Long, Double> percent) {
    this.percent = Map.copyOf(percent);
  }

  /** No sample: nothing is known. */
  static CpuSample none() {
    return new CpuSample(Map.of());
  }

  /** Waits for so long. */
  static CpuSample over(Duration time, List<NetworkState.Node> nodes) throws InterruptedException {
    Map<Long, Double> before = new HashMap<>();
    nodes.forEach(node -> before.put(node.process().pid(), cpuSeconds(node)));
    long began = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    Map<Long, Double> percent = new HashMap<>();
    for (NetworkState.Node node : nodes) {
      long pid = node.process().pid();
      double used = cpuSeconds(node) - before.getOrDefault(pid, 0.0);
      double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      if (used >= 0) {
        percent.put(pid, 100 * used / seconds);
      }
    }
    return new CpuSample(percent);
  }

  private static double cpuSeconds(NetworkState.Node node) {
    return ProcessUsage.of(node.process().pid()).cpuSeconds();
  }

  /** For a table. */
  String of(NetworkState.Node node) {
    Double share = percent.get(node.process().pid());
    return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", share);
  }
}
