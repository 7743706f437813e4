package dev.mallard.chain;

import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;

/**
 * One cross-chain message as a dapp sent it ([OUT-1]); all fields enter the entry hash.
 *
 * @param index 1, 2, 3 … within its stream
 * @param sender the sending account on the source, 20 bytes on EVM chains
 * @param recipient the receiving account on the destination
 * @param gasLimit gas given to the recipient, bounded by the Outbox
 * @param flags {@link #RECEIPT}, {@link #REFUND}, {@link #SYSTEM}
 * @param deadlineSeconds execute only while the destination's block time is not beyond it; 0 for
 *     none
 * @param fee wei credited to whoever executes it
 * @param payload opaque to the bridge, bounded by the Outbox
 */
public record OutboxEntry(
    long index,
    Bytes sender,
    Bytes recipient,
    long gasLimit,
    int flags,
    long deadlineSeconds,
    BigInteger fee,
    Bytes payload) {

  /** The sender asked for the outcome to come back ([DLV-4]). */
  public static final int RECEIPT = 0x01;

  /** The sender asked to be told of a failure or an expiry, and of nothing else ([DLV-4]). */
  public static final int REFUND = 0x02;

  /** Written by the bridge contracts themselves: receipts, validator set updates. */
  public static final int SYSTEM = 0x80;
}
