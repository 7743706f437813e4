package dev.mallard.testnet.demo;

import java.io.IOException;
import java.util.List;

/** Sends the demo's transfers. */
public interface Teller {
  /** Hands a transfer to its chain; its transaction. Does not wait. */
  String send(Order order) throws IOException;

  /** The entry that a transaction made, once it is in a block. */
  long awaitIndex(Order order, String transaction) throws IOException;

  /**
   * Lets the bridge take tokens; once before the first transfer, and once what came has arrived.
   */
  void approve(List<Transfer.Asset> assets) throws IOException;
}
