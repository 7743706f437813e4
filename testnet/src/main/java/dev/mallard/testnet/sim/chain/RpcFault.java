package dev.mallard.testnet.sim.chain;

/** What can be wrong with a replica's RPC. Several may be at once. */
public sealed interface RpcFault {
  /** No call is answered. */
  record Down() implements RpcFault {}

  /** It knows the chain as it was this many blocks ago. */
  record Stale(int blocks) implements RpcFault {}

  /** Each log is missing from a reading with this chance, in thousandths. */
  record DropsLogs(int perMille) implements RpcFault {}

  /**
   * A call fails with this chance, in thousandths; of submissions half fail after the chain took
   * them.
   */
  record Errors(int perMille) implements RpcFault {}

  /** It contradicts what it called final. */
  record BreaksFinality() implements RpcFault {}
}
