package dev.mallard.api;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.ChainHealth;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.Optional;

/**
 * A node at one moment.
 *
 * @param startedMillis wall clock of its start
 */
public record NodeStatus(
    Identity identity,
    String version,
    long startedMillis,
    Chain chain,
    List<Source> sources,
    List<Destination> destinations,
    List<Health> health) {
  /** How old what is said of a stream may be, in milliseconds, and one tick more. */
  public static final int AGE_MILLIS_MAX = 100;

  public NodeStatus {
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    health = List.copyOf(health);
  }

  /** Who this node is in its RSM. */
  public record Identity(
      ReplicaId replica, BridgeAddress key, Stake stake, Stake total, Epoch epoch) {}

  /**
   * The chain it runs beside.
   *
   * @param seenMillis wall clock when the newest block was first seen; 0 for never
   */
  public record Chain(
      Optional<BlockHead> latest,
      Optional<BlockHead> finalized,
      long seenMillis,
      ChainHealth health) {}

  /**
   * The source side of a stream: local chain to remote one.
   *
   * @param readBlock the finalized block up to which the Outbox was read
   * @param count entries read up to there
   * @param built bundles built, {@code certified} of them with a certificate
   * @param quacked cumulative quack frontier: held by the destination, which says nothing of
   *     execution ([G-7])
   * @param inFlight bundles between the frontier and {@code certified}
   * @param intakeOpen false while the window is full and reading pauses ([SEND-2])
   * @param crossings bundles this node sent across as scheduled
   * @param resends bundles it sent in resend rounds ([LOSS-2])
   * @param halted why the stream stopped for good; empty when it runs
   */
  public record Source(
      StreamId stream,
      long readBlock,
      long count,
      long built,
      long certified,
      long quacked,
      int inFlight,
      boolean intakeOpen,
      long crossings,
      long resends,
      String waitsOn,
      String halted) {}

  /**
   * The destination side of a stream: remote chain to local one.
   *
   * @param announced highest bundle that source replicas told of
   * @param held bundles held durably without a gap
   * @param executed bundles the Inbox has accepted in the newest block
   * @param executedFinal the same at the finalized block
   * @param executedCount entries accepted in the newest block
   * @param submitted deliveries this node sent to the chain
   * @param submittedFailed those that were mined and reverted
   */
  public record Destination(
      StreamId stream,
      long announced,
      long held,
      long executed,
      long executedFinal,
      long executedCount,
      long crossed,
      long submitted,
      long submittedFailed,
      String waitsOn,
      String halted) {}

  /**
   * One thing that is checked all the time.
   *
   * @param component what: {@code chain}, {@code peers}, {@code store}, {@code stream 1-2} …
   * @param detail what is the matter, with values
   * @param remedy what an operator can do; empty when ok
   */
  public record Health(String component, boolean ok, String detail, String remedy) {}
}
