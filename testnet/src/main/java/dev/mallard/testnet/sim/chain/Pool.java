package dev.mallard.testnet.sim.chain;

import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transactions that wait for a block, in the order in which they came. */
final class Pool {
  private final ChainProfile profile;
  private final Chance chance;
  private final long salt;

  /** Deliveries by every hash they had; only looked up, never walked. */
  private final Map<Hash32, Transaction> byHash = new HashMap<>();

  private List<Transaction> waiting = new ArrayList<>();
  private long hashes;

  Pool(ChainProfile profile, Chance chance, long salt) {
    this.profile = profile;
    this.chance = chance;
    this.salt = salt;
  }

  int size() {
    return waiting.size();
  }

  /** A client's transaction: always taken up by the next block. */
  void send(SendRequest request) {
    waiting.add(
        new Transaction(
            new Transaction.Call.Send(request), nextHash(), 0, Transaction.State.POOLED, 0));
  }

  /** A replica's transaction, with the whims of this pool. */
  Transaction deliver(Transaction.Call.Deliver call, long nonce, long latestBlock) {
    Transaction.State state = Transaction.State.POOLED;
    if (chance.happens(profile.dropPerMille())) {
      state = Transaction.State.DROPPED;
    } else if (chance.happens(profile.stuckPerMille())) {
      state = Transaction.State.STUCK;
    }
    long delay =
        chance.happens(profile.delayPerMille())
            ? 1 + chance.below(Math.max(1, profile.delayBlocksMax()))
            : 0;
    Transaction transaction =
        new Transaction(call, nextHash(), nonce, state, latestBlock + 1 + delay);
    byHash.put(transaction.hash(), transaction);
    if (state != Transaction.State.DROPPED) {
      waiting.add(transaction);
    }
    return transaction;
  }

  void replace(Transaction stuck) {
    stuck.onReplaced(nextHash());
    byHash.put(stuck.hash(), stuck);
  }

  Optional<Transaction> find(Hash32 hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  /** Takes out what a block takes up, at most {@code max}. */
  List<Transaction> takeFor(long block, int max) {
    if (waiting.isEmpty() || max == 0) {
      return List.of();
    }
    List<Transaction> taken = new ArrayList<>();
    List<Transaction> left = new ArrayList<>();
    for (Transaction transaction : waiting) {
      boolean isTaken = taken.size() < max && transaction.isReadyFor(block);
      (isTaken ? taken : left).add(transaction);
    }
    waiting = left;
    return taken;
  }

  /**
   * Transactions of replaced blocks come back, before all others. Some get lost: a delivery for
   * ever, as its replica will find out; what a client sent is sent again, behind all others.
   */
  void putBack(List<Transaction> undone) {
    List<Transaction> all = new ArrayList<>(undone.size() + waiting.size());
    List<Transaction> resent = new ArrayList<>();
    for (Transaction transaction : undone) {
      transaction.onUndone();
      if (!chance.happens(profile.dropPerMille())) {
        all.add(transaction);
      } else if (transaction.call() instanceof Transaction.Call.Send) {
        resent.add(transaction);
      } else {
        transaction.onDropped();
      }
    }
    all.addAll(waiting);
    all.addAll(resent);
    waiting = all;
  }

  private Hash32 nextHash() {
    hashes++;
    return Block.hash(Block.mix(salt) ^ hashes);
  }
}
