package dev.mallard.testnet.demo;

import dev.mallard.stake.StreamId;
import java.math.BigInteger;

/**
 * One transfer as the demo sent it.
 *
 * @param stream from which chain to which
 * @param index of the entry in its stream
 * @param transaction the sending transaction, {@code 0x…}
 * @param sentMillis wall clock when it was handed to the chain
 */
public record Transfer(
    StreamId stream,
    long index,
    String transaction,
    Asset asset,
    BigInteger amount,
    Purpose purpose,
    Phase phase,
    long sentMillis) {

  /** What is carried, by where it is at home. */
  public enum Asset {
    /** The source chain's own coin; arrives wrapped. */
    NATIVE("coin"),
    /** The source chain's token; arrives wrapped. */
    TOKEN("token"),
    /** The destination's coin on its way home. */
    WRAPPED_NATIVE("coin home"),
    /** The destination's token on its way home. */
    WRAPPED_TOKEN("token home");

    private final String label;

    Asset(String label) {
      this.label = label;
    }

    /** For tables. */
    public String label() {
      return label;
    }
  }

  /** Why it was sent, and so what should become of it. */
  public enum Purpose {
    /** Should be executed. */
    SUCCEED,
    /** Goes to a recipient that reverts; should be refunded. */
    REVERT,
    /** Its deadline is too short to be met; should be refunded. */
    EXPIRE;

    /** The state it should end in. */
    public TransferState expected() {
      return this == SUCCEED ? TransferState.EXECUTED : TransferState.REFUNDED;
    }
  }

  /** In which part of the script it was sent. */
  public enum Phase {
    /** Before anything was killed. */
    FAULT_FREE,
    /** While a node on each side was down or catching up. */
    NODES_DOWN,
    /** After all had caught up. */
    RECOVERED
  }

  /** How people name it, as the REST interface does. */
  public String id() {
    return stream + "-" + index;
  }
}
