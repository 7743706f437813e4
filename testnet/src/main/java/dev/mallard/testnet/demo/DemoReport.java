package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.Settled.Stage;
import java.util.List;
import java.util.Map;

/**
 * Everything that the demo tells at its end.
 *
 * @param killed names of the nodes that were killed
 * @param phaseMillis how long each part of the script took, in order
 */
public record DemoReport(
    Evidence evidence, List<Check> checks, List<String> killed, Map<String, Long> phaseMillis) {
  public DemoReport {
    checks = List.copyOf(checks);
    killed = List.copyOf(killed);
    phaseMillis = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(phaseMillis));
  }

  /** Runs the checks over what was seen. */
  public static DemoReport of(
      Evidence evidence, List<String> killed, Map<String, Long> phaseMillis) {
    return new DemoReport(evidence, Checks.of(evidence), killed, phaseMillis);
  }

  /** Whether every check held. */
  public boolean isHeld() {
    return checks.stream().allMatch(Check::held);
  }

  /** Transfers that ended in a state. */
  public long count(TransferState state) {
    return evidence.transfers().stream().filter(settled -> settled.state() == state).count();
  }

  /** Transactions to the Inboxes that succeeded or failed. */
  public long deliveries(boolean successful) {
    return evidence.streams().stream()
        .flatMap(stream -> stream.deliveries().stream())
        .filter(delivery -> delivery.successful() == successful)
        .count();
  }

  /** From finality at the source to execution at the destination. */
  public Latencies finalizedToExecuted() {
    return Latencies.between(Stage.FINALIZED, Stage.EXECUTED, evidence.transfers());
  }

  /** From sending to execution. */
  public Latencies sentToExecuted() {
    return Latencies.between(Stage.SENT, Stage.EXECUTED, evidence.transfers());
  }
}
