package dev.mallard.testnet.demo;

import java.util.Map;

/**
 * A transfer and what became of it.
 *
 * @param stages wall clock of each stage in milliseconds since 1970, the earliest over all nodes
 */
public record Settled(Transfer transfer, TransferState state, Map<Stage, Long> stages) {
  public Settled {
    stages = Map.copyOf(stages);
  }

  /** Stages that the table shows, in order. */
  public enum Stage {
    SENT,
    FINALIZED,
    CERTIFIED,
    CROSSED,
    QUACKED,
    EXECUTED,
    RECEIPT
  }
}
