package dev.mallard.chain.evm;

import dev.mallard.chain.Submission;
import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.List;

/** A delivery on its way into the chain, under one hash or, with raised fees, several. */
final class Flight {
  /** Most transactions for one delivery; the fee limit ends bumping long before. */
  static final int TRANSACTIONS_MAX = 60;

  private final String data;
  private final long gas;
  private final List<Hash32> hashes = new ArrayList<>();
  private SenderAccount.Signed newest;
  private Fees fees;
  private long sentAtBlock;
  private int misses;

  Flight(String data, long gas, SenderAccount.Signed signed, long block) {
    this.data = data;
    this.gas = gas;
    this.newest = signed;
    this.fees = signed.fees();
    onSent(signed, block);
  }

  void onSent(SenderAccount.Signed signed, long block) {
    hashes.add(signed.hash());
    newest = signed;
    onOffered(signed.fees(), block);
  }

  /** A fee was offered, whether or not the pool took it: the next one must be higher. */
  void onOffered(Fees offered, long block) {
    fees = offered;
    sentAtBlock = block;
  }

  /** How often in a row nobody knew the transaction, this time included. */
  int onMissed() {
    misses++;
    return misses;
  }

  void onSeen() {
    misses = 0;
  }

  boolean isBumpDue(long block, int afterBlocks) {
    return block - sentAtBlock >= afterBlocks && hashes.size() < TRANSACTIONS_MAX;
  }

  boolean carries(Hash32 transaction) {
    return hashes.contains(transaction);
  }

  Submission.Sent current() {
    return new Submission.Sent(newest.hash(), newest.nonce());
  }

  List<Hash32> hashes() {
    return List.copyOf(hashes);
  }

  String data() {
    return data;
  }

  long gas() {
    return gas;
  }

  Fees fees() {
    return fees;
  }

  long nonce() {
    return newest.nonce();
  }

  /** The transaction sent last. */
  SenderAccount.Signed newest() {
    return newest;
  }
}
