package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.OutboxEntry;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a client asks the Outbox to send; the Outbox adds the index. Limits are those of Outbox.sol.
 *
 * @param flags 0 or {@link OutboxEntry#RECEIPT}
 * @param deadlineSeconds 0 for none
 */
public record SendRequest(
    Bytes sender,
    Bytes recipient,
    long gasLimit,
    int flags,
    long deadlineSeconds,
    BigInteger fee,
    Bytes payload) {
  /** Longest payload, as the contract has it. */
  public static final int PAYLOAD_BYTES_MAX = 8192;

  /** Highest gas limit, as the contract has it. */
  public static final long GAS_LIMIT_MAX = 2_000_000;

  public SendRequest {
    if (payload.size() > PAYLOAD_BYTES_MAX
        || gasLimit < 0
        || gasLimit > GAS_LIMIT_MAX
        || (flags & ~OutboxEntry.RECEIPT) != 0) {
      throw new IllegalArgumentException(
          "the Outbox refuses a payload of "
              + payload.size()
              + " bytes with gas limit "
              + gasLimit
              + " and flags "
              + flags);
    }
  }

  OutboxEntry entry(long index) {
    return new OutboxEntry(
        index, sender, recipient, gasLimit, flags, deadlineSeconds, fee, payload);
  }
}
