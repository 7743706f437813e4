package dev.mallard.chain;

import dev.mallard.stake.Hash32;

/** A block by number and hash. A number alone never identifies a block here ([OUT-2]). */
public record BlockRef(long number, Hash32 hash) {
  public BlockRef {
    if (number < 0) {
      throw new IllegalArgumentException("block number " + number + " is negative");
    }
  }

  @Override
  public String toString() {
    return number + "/" + hash.toHex().substring(0, 10);
  }
}
