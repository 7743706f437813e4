package dev.mallard.testnet.demo;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.StreamId;
import java.util.List;

/**
 * What the two chains say of one stream, read from their blocks and not from any node.
 *
 * @param sent indexes in the order in which the source's blocks have them
 * @param deliveries every transaction to the destination's Inbox, in the order of its blocks
 * @param executions entries in the order in which the destination's blocks have them
 */
public record StreamEvidence(
    StreamId stream,
    List<Long> sent,
    List<DeliveryTransaction> deliveries,
    List<Execution> executions) {
  public StreamEvidence {
    sent = List.copyOf(sent);
    deliveries = List.copyOf(deliveries);
    executions = List.copyOf(executions);
  }

  /**
   * A transaction to the Inbox.
   *
   * @param blockSeconds time of its block
   * @param successful false if it reverted
   * @param firstIndex first entry it carried, whether that was new or not
   * @param lastIndex last entry it carried
   */
  public record DeliveryTransaction(
      String hash,
      long block,
      long blockSeconds,
      String submitter,
      boolean successful,
      long firstIndex,
      long lastIndex) {}

  /** An entry that the Inbox accepted. */
  public record Execution(long index, Outcome outcome) {}
}
