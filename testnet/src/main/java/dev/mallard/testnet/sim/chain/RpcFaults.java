package dev.mallard.testnet.sim.chain;

import dev.mallard.testnet.sim.Timeline;

/**
 * What is wrong with one replica's RPC now. It belongs to the endpoint, so it outlives a restart of
 * the replica. Where two faults of a kind overlap the later one's strength holds, until the end of
 * both.
 */
public final class RpcFaults {
  private final Timeline time;
  private final Chance chance;
  private long downUntil;
  private long staleUntil;
  private int staleBlocks;
  private long dropsUntil;
  private int dropsPerMille;
  private long errorsUntil;
  private int errorsPerMille;
  private long brokenUntil;

  RpcFaults(Timeline time, Chance chance) {
    this.time = time;
    this.chance = chance;
  }

  /** Switches a fault on for a while. */
  public void during(RpcFault fault, long millis) {
    set(fault, millis > Long.MAX_VALUE - time.now() ? Long.MAX_VALUE : time.now() + millis);
  }

  /** Switches a fault on until {@link #heal}. */
  public void on(RpcFault fault) {
    set(fault, Long.MAX_VALUE);
  }

  /** Switches everything off. */
  public void heal() {
    downUntil = 0;
    staleUntil = 0;
    dropsUntil = 0;
    errorsUntil = 0;
    brokenUntil = 0;
  }

  /** Whether anything is wrong. */
  public boolean isHealthy() {
    long now = time.now();
    return now >= downUntil
        && now >= staleUntil
        && now >= dropsUntil
        && now >= errorsUntil
        && now >= brokenUntil;
  }

  private void set(RpcFault fault, long until) {
    switch (fault) {
      case RpcFault.Down down -> downUntil = Math.max(downUntil, until);
      case RpcFault.Stale stale -> {
        staleBlocks = stale.blocks();
        staleUntil = Math.max(staleUntil, until);
      }
      case RpcFault.DropsLogs drops -> {
        dropsPerMille = drops.perMille();
        dropsUntil = Math.max(dropsUntil, until);
      }
      case RpcFault.Errors errors -> {
        errorsPerMille = errors.perMille();
        errorsUntil = Math.max(errorsUntil, until);
      }
      case RpcFault.BreaksFinality broken -> brokenUntil = Math.max(brokenUntil, until);
    }
  }

  boolean isDown() {
    return time.now() < downUntil;
  }

  int staleBlocks() {
    return time.now() < staleUntil ? staleBlocks : 0;
  }

  boolean isDroppingLogs() {
    return time.now() < dropsUntil;
  }

  /** Whether this log is missing. */
  boolean isLogDropped() {
    return isDroppingLogs() && chance.happens(dropsPerMille);
  }

  /** Whether this call fails. */
  boolean isError() {
    return time.now() < errorsUntil && chance.happens(errorsPerMille);
  }

  /** Of calls that fail, whether this one was done all the same. */
  boolean isDoneThough() {
    return chance.below(2) == 1;
  }

  /** Whether it contradicts what it called final. */
  public boolean isFinalityBroken() {
    return time.now() < brokenUntil;
  }
}
