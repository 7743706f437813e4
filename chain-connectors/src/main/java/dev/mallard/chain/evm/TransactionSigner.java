package dev.mallard.chain.evm;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import org.apache.tuweni.bytes.Bytes;

/** The key that pays for deliveries, wherever it is kept. Thread-safe. */
public interface TransactionSigner {
  /** Its account on this chain. */
  BridgeAddress address();

  /**
   * Signs the hash of a transaction.
   *
   * @return 64 bytes: r, then s (lower half) with the y parity in its top bit (EIP-2098)
   */
  Bytes sign(Hash32 digest);
}
