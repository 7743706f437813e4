package dev.mallard.chain;

/**
 * What became of an entry on the destination chain ([DLV-1]); codes are those of the Inbox
 * contract.
 */
public enum Outcome {
  /** The recipient ran and returned. */
  EXECUTED(1),
  /** The recipient reverted, ran out of its gas limit or has no code. */
  FAILED(2),
  /** The deadline had passed; the recipient was not called. */
  EXPIRED(3);

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  /** The byte in {@code Delivered.outcomes}. */
  public int code() {
    return code;
  }

  /** The outcome of a contract's byte; IllegalArgumentException for a code that no Inbox writes. */
  public static Outcome ofCode(int code) {
    return switch (code) {
      case 1 -> EXECUTED;
      case 2 -> FAILED;
      case 3 -> EXPIRED;
      default -> throw new IllegalArgumentException("no outcome has the code " + code);
    };
  }
}
