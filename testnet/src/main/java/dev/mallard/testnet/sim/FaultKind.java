package dev.mallard.testnet.sim;

/** Kinds of faults that a run has or has not. */
enum FaultKind {
  LOSS,
  DUPLICATES,
  DISORDER,
  CRASHES,
  CRASHES_FOR_EVER,
  PARTITIONS,
  SLOW_LINKS,
  RPC,
  CHAIN_HALTS,
  DISK_FULL,
  DISK_READS,
  REORGS,
  POOL,
  LIARS
}
