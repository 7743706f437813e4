package dev.mallard.testnet.sim.chain;

/**
 * How a virtual chain behaves. Chances are in thousandths.
 *
 * @param blockMillis between two blocks
 * @param finalityBlocks a block is final when this many lie on it; 0 for instant finality
 * @param reorgPerMille chance at each block that some that are not final are replaced
 * @param reorgDepthMax blocks replaced at once, never a final one
 * @param dropPerMille chance that a delivery's transaction vanishes from the pool
 * @param stuckPerMille chance that it stays in the pool until it is replaced
 * @param delayPerMille chance that it waits for some blocks
 * @param delayBlocksMax blocks that it waits at the most
 */
public record ChainProfile(
    long blockMillis,
    int finalityBlocks,
    int reorgPerMille,
    int reorgDepthMax,
    int dropPerMille,
    int stuckPerMille,
    int delayPerMille,
    int delayBlocksMax) {
  private static final int PER_MILLE = 1000;

  public ChainProfile {
    if (blockMillis < 1 || finalityBlocks < 0 || reorgDepthMax < 0 || delayBlocksMax < 0) {
      throw new IllegalArgumentException(
          "a chain has positive block times and no negative number of blocks");
    }
    requireChance(reorgPerMille);
    requireChance(dropPerMille);
    requireChance(stuckPerMille);
    requireChance(delayPerMille);
  }

  /** A chain without whims. */
  public static ChainProfile calm(long blockMillis, int finalityBlocks) {
    return new ChainProfile(blockMillis, finalityBlocks, 0, 0, 0, 0, 0, 0);
  }

  /** The same chain, replacing blocks. */
  public ChainProfile withReorgs(int perMille, int depthMax) {
    return new ChainProfile(
        blockMillis,
        finalityBlocks,
        perMille,
        depthMax,
        dropPerMille,
        stuckPerMille,
        delayPerMille,
        delayBlocksMax);
  }

  /** The same chain, whose pool loses, holds back and delays transactions. */
  public ChainProfile withPool(int dropped, int stuck, int delayed, int delayedBlocksMax) {
    return new ChainProfile(
        blockMillis,
        finalityBlocks,
        reorgPerMille,
        reorgDepthMax,
        dropped,
        stuck,
        delayed,
        delayedBlocksMax);
  }

  private static void requireChance(int perMille) {
    if (perMille < 0 || perMille > PER_MILLE) {
      throw new IllegalArgumentException("a chance lies in 0..1000 thousandths, got " + perMille);
    }
  }
}
