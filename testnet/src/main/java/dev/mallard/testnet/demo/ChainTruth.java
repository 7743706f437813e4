package dev.mallard.testnet.demo;

import dev.mallard.stake.StreamId;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What the two chains say, asked directly and not through any node. */
public interface ChainTruth {
  /** Both streams, the one from the first chain first. */
  List<StreamId> streams();

  /** Entries that the source's Outbox has, in order. */
  List<Long> sent(StreamId stream) throws IOException;

  /** Entries that the destination's Inbox has accepted, in order. */
  List<StreamEvidence.Execution> executions(StreamId stream) throws IOException;

  /**
   * Every transaction to the destination's Inbox about this stream, in order; slow: reads all
   * blocks.
   */
  List<StreamEvidence.DeliveryTransaction> deliveries(StreamId stream) throws IOException;

  /** Entries of the stream whose sender got back what it had sent. */
  Set<Long> refunded(StreamId stream) throws IOException;

  /** Every token over both chains. */
  List<SupplyEvidence> supplies() throws IOException;
}
