package dev.mallard.testnet.sim.chain;

import java.util.ArrayList;
import java.util.List;

/** The transfers of one stream: locked at its source, then minted or refunded, each once. */
final class TransferLane {
  private static final class Row {
    private long locked;
    private int locks;
    private int mints;
    private int refunds;
  }

  private final List<Row> rows = new ArrayList<>();
  private long inFlight;
  private int mintedTwice;
  private int refundedTwice;
  private int refundedThoughMinted;
  private int mintedFromNothing;

  TransferLane(Ledger source, Ledger destination) {
    source.watch(this::onSource);
    destination.watch(this::onDestination);
  }

  long inFlight() {
    return inFlight;
  }

  int mintedTwice() {
    return mintedTwice;
  }

  int refundedTwice() {
    return refundedTwice;
  }

  int refundedThoughMinted() {
    return refundedThoughMinted;
  }

  int mintedFromNothing() {
    return mintedFromNothing;
  }

  private void onSource(Ledger.Posting posting, boolean isUndone) {
    int by = isUndone ? -1 : 1;
    switch (posting.kind()) {
      case LOCKED -> {
        Row row = row(posting.index());
        count(row, -1);
        row.locks += by;
        row.locked += by * posting.amount();
        count(row, 1);
      }
      case REFUNDED -> {
        Row row = row(posting.index());
        count(row, -1);
        row.refunds += by;
        count(row, 1);
      }
      case MINTED -> {
        // of the other stream
      }
    }
  }

  private void onDestination(Ledger.Posting posting, boolean isUndone) {
    if (posting.kind() == Ledger.Kind.MINTED) {
      Row row = row(posting.index());
      count(row, -1);
      row.mints += isUndone ? -1 : 1;
      count(row, 1);
    }
  }

  /** Adds a row to the sums, or takes it out. */
  private void count(Row row, int by) {
    if (row.mints == 0 && row.refunds == 0) {
      inFlight += by * row.locked;
    }
    mintedTwice += row.mints > 1 ? by : 0;
    refundedTwice += row.refunds > 1 ? by : 0;
    refundedThoughMinted += row.refunds > 0 && row.mints > 0 ? by : 0;
    mintedFromNothing += row.mints > 0 && row.locks == 0 ? by : 0;
  }

  private Row row(long index) {
    while (rows.size() <= index) {
      rows.add(new Row());
    }
    return rows.get((int) index);
  }
}
