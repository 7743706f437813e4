package dev.mallard.chain;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * A contiguous run of entries and the certificate that covers the last of them ([DLV-1]).
 *
 * @param sequence the last bundle of the run
 * @param header what the certificate binds of that bundle beyond count and accumulator
 * @param signers bitmap, bit i of byte i/8 is validator i
 * @param signatures 64 bytes each (EIP-2098), ascending by validator index
 * @param payout whom the entries' fees are credited to
 */
public record Delivery(
    StreamId stream,
    List<OutboxEntry> entries,
    Epoch epoch,
    long sequence,
    Hash32 header,
    Bytes signers,
    Bytes signatures,
    BridgeAddress payout) {
  public Delivery {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a delivery carries at least one entry");
    }
  }

  /** Index of the first entry. */
  public long firstIndex() {
    return entries.getFirst().index();
  }

  /** Index of the last entry: the count that the certificate speaks of. */
  public long lastIndex() {
    return entries.getLast().index();
  }
}
