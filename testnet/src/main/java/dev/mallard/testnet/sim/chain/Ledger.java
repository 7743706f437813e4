package dev.mallard.testnet.sim.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The value on one chain: what accounts hold, what transfers have locked, what was minted for
 * transfers that arrived. A journal of postings, so that replaced blocks are undone exactly.
 */
public final class Ledger {
  /** What accounts hold before anything moves. */
  public static final long INITIAL = 1L << 60;

  /** What a posting does. */
  public enum Kind {
    /** An account's value is locked for an outgoing entry. */
    LOCKED,
    /** Value is minted to an account for an incoming entry. */
    MINTED,
    /** Locked value goes back to the account of an outgoing entry. */
    REFUNDED
  }

  /**
   * One movement.
   *
   * @param index the entry it was made for, in the outgoing stream for LOCKED and REFUNDED, in the
   *     incoming one for MINTED
   */
  public record Posting(Kind kind, long index, long amount) {}

  /** Follows a ledger. */
  public interface Watch {
    /** A posting was made, or taken back. */
    void onPosting(Posting posting, boolean isUndone);
  }

  private final List<Posting> postings = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>(2);
  private long accounts = INITIAL;
  private long locked;
  private long minted;

  /** What accounts hold. */
  public long accounts() {
    return accounts;
  }

  /** What is locked and was not refunded. */
  public long locked() {
    return locked;
  }

  /** What was minted here. */
  public long minted() {
    return minted;
  }

  /** Everything that holds now, oldest first; a view. */
  public List<Posting> postings() {
    return Collections.unmodifiableList(postings);
  }

  /** Locks value for an outgoing entry. */
  public void lock(long index, long amount) {
    post(new Posting(Kind.LOCKED, index, amount));
  }

  /** Mints value for an incoming entry. */
  public void mint(long index, long amount) {
    post(new Posting(Kind.MINTED, index, amount));
  }

  /** Gives locked value back. */
  public void refund(long index, long amount) {
    post(new Posting(Kind.REFUNDED, index, amount));
  }

  void watch(Watch watch) {
    for (Posting posting : postings) {
      watch.onPosting(posting, false);
    }
    watches.add(watch);
  }

  int mark() {
    return postings.size();
  }

  void undoTo(int mark) {
    while (postings.size() > mark) {
      apply(postings.removeLast(), true);
    }
  }

  private void post(Posting posting) {
    postings.add(posting);
    apply(posting, false);
  }

  private void apply(Posting posting, boolean isUndone) {
    long amount = isUndone ? -posting.amount() : posting.amount();
    switch (posting.kind()) {
      case LOCKED -> {
        accounts -= amount;
        locked += amount;
      }
      case MINTED -> {
        accounts += amount;
        minted += amount;
      }
      case REFUNDED -> {
        accounts += amount;
        locked -= amount;
      }
    }
    for (Watch watch : watches) {
      watch.onPosting(posting, isUndone);
    }
  }
}
