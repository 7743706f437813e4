package dev.mallard.testnet.demo;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transfers sent so far and their states by the chains' word. */
public final class TransferBook {
  private final ChainTruth truth;
  private final List<Transfer> transfers = new ArrayList<>();
  private Map<String, TransferState> states = Map.of();

  /** An empty book. */
  public TransferBook(ChainTruth truth) {
    this.truth = truth;
  }

  /** A transfer is in a block. */
  public void onSent(Transfer transfer) {
    transfers.add(transfer);
  }

  /** All so far, in the order sent. */
  public List<Transfer> transfers() {
    return List.copyOf(transfers);
  }

  /** Reads the states anew. */
  public void refresh() throws IOException {
    Map<String, TransferState> now = new HashMap<>();
    for (StreamId stream : truth.streams()) {
      Set<Long> refunded = truth.refunded(stream);
      for (StreamEvidence.Execution execution : truth.executions(stream)) {
        now.put(stream + "-" + execution.index(), state(execution, refunded));
      }
    }
    states = now;
  }

  private static TransferState state(StreamEvidence.Execution execution, Set<Long> refunded) {
    if (execution.outcome() == Outcome.EXECUTED) {
      return TransferState.EXECUTED;
    }
    return refunded.contains(execution.index()) ? TransferState.REFUNDED : TransferState.REFUND_DUE;
  }

  /** The state of one, as last read. */
  public TransferState state(Transfer transfer) {
    return states.getOrDefault(transfer.id(), TransferState.SENT);
  }

  /** Whether nothing more will happen to any of them. */
  public boolean isSettled() {
    return transfers.stream().allMatch(transfer -> state(transfer).isSettled());
  }

  /** How many are in a state, as last read. */
  public long count(TransferState state) {
    return transfers.stream().filter(transfer -> state(transfer) == state).count();
  }
}
