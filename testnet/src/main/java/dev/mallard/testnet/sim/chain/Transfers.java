package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;

/**
 * Moves value: locks it here, mints it there, pays it back when the receipt says that it failed or
 * expired. A transfer's payload is its amount in 8 bytes and zeros up to a wanted size; a shorter
 * one carries the amount 0. As the contract does, it relies on the Inbox to be told once.
 */
public final class Transfers implements Application {
  private static final Bytes SENDER = account(1);
  private static final Bytes GOOD = account(2);
  private static final Bytes REVERTING = account(3);
  private static final long GAS_LIMIT = 100_000;

  /** A transfer that arrives. */
  public static SendRequest good(long amount, int payloadBytes) {
    return request(GOOD, 0, amount, payloadBytes);
  }

  /** A transfer whose recipient reverts. */
  public static SendRequest reverting(long amount, int payloadBytes) {
    return request(REVERTING, 0, amount, payloadBytes);
  }

  /** A transfer that arrives only while the other chain's time is not beyond the deadline. */
  public static SendRequest expiring(long amount, int payloadBytes, long deadlineSeconds) {
    return request(GOOD, deadlineSeconds, amount, payloadBytes);
  }

  /** The amount that an entry moves; 0 for one that is no transfer. */
  public static long amountOf(OutboxEntry entry) {
    return isTransfer(entry) && entry.payload().size() >= Long.BYTES
        ? entry.payload().getLong(0)
        : 0;
  }

  /** Whether an entry was sent by this application. */
  public static boolean isTransfer(OutboxEntry entry) {
    return (entry.flags() & OutboxEntry.SYSTEM) == 0 && entry.sender().equals(SENDER);
  }

  @Override
  public void onSend(OutboxEntry entry, Ledger ledger) {
    if (isTransfer(entry)) {
      ledger.lock(entry.index(), amountOf(entry));
    }
  }

  @Override
  public boolean onMessage(OutboxEntry entry, Ledger ledger) {
    if (entry.recipient().equals(REVERTING)) {
      return false;
    }
    if (isTransfer(entry)) {
      ledger.mint(entry.index(), amountOf(entry));
    }
    return true;
  }

  @Override
  public boolean onReceipt(OutboxEntry sent, Outcome outcome, Ledger ledger) {
    if (outcome == Outcome.EXECUTED || !isTransfer(sent)) {
      return false;
    }
    ledger.refund(sent.index(), amountOf(sent));
    return true;
  }

  private static SendRequest request(Bytes recipient, long deadline, long amount, int size) {
    byte[] payload = new byte[size];
    for (int i = 0; i < Long.BYTES && size >= Long.BYTES; i++) {
      payload[i] = (byte) (amount >>> (Byte.SIZE * (Long.BYTES - 1 - i)));
    }
    return new SendRequest(
        SENDER,
        recipient,
        GAS_LIMIT,
        OutboxEntry.RECEIPT,
        deadline,
        BigInteger.ZERO,
        Bytes.wrap(payload));
  }

  private static Bytes account(int number) {
    byte[] address = new byte[20];
    address[19] = (byte) number;
    return Bytes.wrap(address);
  }
}
