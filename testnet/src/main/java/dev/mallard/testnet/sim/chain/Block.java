package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.InboxState;
import dev.mallard.stake.Hash32;
import java.util.List;

/**
 * A block and the marks by which all after it is undone. Entries, postings and executions lie in
 * arrays of the chain; a block says how far they reached.
 *
 * @param mix 64 bits that the block's hash spells out, and its children's follow from
 * @param outboxCount entries sent up to here
 * @param executions entries executed up to here
 * @param postings of the ledger up to here
 */
record Block(
    BlockHead head,
    long mix,
    InboxState inbox,
    int outboxCount,
    int executions,
    int postings,
    List<Transaction> transactions) {

  long number() {
    return head.ref().number();
  }

  /** The header of a child; the salt tells it from one that it replaces. */
  static BlockHead headAfter(BlockHead parent, long mix, long timestampSeconds) {
    return new BlockHead(
        new BlockRef(parent.ref().number() + 1, hash(mix)), parent.ref().hash(), timestampSeconds);
  }

  static long mixAfter(long parent, long number, long salt) {
    return mix(mix(parent ^ number) ^ salt);
  }

  /** A hash that nothing else in the simulator has. */
  static Hash32 hash(long seed) {
    byte[] bytes = new byte[Hash32.HASH_BYTES];
    long state = seed;
    for (int at = 0; at < bytes.length; at += Long.BYTES) {
      state = mix(state);
      for (int i = 0; i < Long.BYTES; i++) {
        bytes[at + i] = (byte) (state >>> (Byte.SIZE * i));
      }
    }
    return Hash32.of(bytes);
  }

  /** SplitMix64's step. */
  static long mix(long value) {
    long z = value + 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
