package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockRef;
import dev.mallard.chain.Delivery;
import dev.mallard.stake.Hash32;
import org.jspecify.annotations.Nullable;

/** A transaction on its way into a block, and back into the pool if that block is replaced. */
final class Transaction {
  /** Where it is. */
  enum State {
    /** In the pool; a block takes it up. */
    POOLED,
    /** In the pool, but pays too little to be taken up. */
    STUCK,
    /** In a block. */
    MINED,
    /** Gone. */
    DROPPED
  }

  /** What it does. */
  sealed interface Call {
    /** Of the Outbox. */
    record Send(SendRequest request) implements Call {}

    /** Of the Inbox, with the account of a replica. */
    record Deliver(Delivery delivery, int submitter) implements Call {}
  }

  private final Call call;
  private final long nonce;
  private final long notBeforeBlock;
  private Hash32 hash;
  private State state;
  private @Nullable BlockRef block;
  private boolean success;

  Transaction(Call call, Hash32 hash, long nonce, State state, long notBeforeBlock) {
    this.call = call;
    this.hash = hash;
    this.nonce = nonce;
    this.state = state;
    this.notBeforeBlock = notBeforeBlock;
  }

  Call call() {
    return call;
  }

  Hash32 hash() {
    return hash;
  }

  long nonce() {
    return nonce;
  }

  State state() {
    return state;
  }

  /** Where it was mined. */
  @Nullable BlockRef block() {
    return block;
  }

  boolean isSuccess() {
    return success;
  }

  boolean isReadyFor(long blockNumber) {
    return state == State.POOLED && blockNumber >= notBeforeBlock;
  }

  void onMined(BlockRef in, boolean succeeded) {
    state = State.MINED;
    block = in;
    success = succeeded;
  }

  /** Its block was replaced. */
  void onUndone() {
    state = State.POOLED;
    block = null;
  }

  void onDropped() {
    state = State.DROPPED;
    block = null;
  }

  /** It pays more now, under a new hash. */
  void onReplaced(Hash32 newHash) {
    hash = newHash;
    state = State.POOLED;
  }
}
