package dev.mallard.testnet.sim;

import java.util.Set;

/** Something that goes wrong for a while; times are milliseconds since the run began. */
public sealed interface Fault {
  /** When it begins. */
  long from();

  /** When it is over; {@link #FOR_EVER} if never. */
  long to();

  /** Past any run. */
  long FOR_EVER = Long.MAX_VALUE;

  /** A process is killed, and started again at the end. */
  record Crash(int node, long from, long to) implements Fault {}

  /**
   * Messages from one group of nodes to the other are lost.
   *
   * @param isOneWay whether answers still arrive
   */
  record Partition(Set<Integer> group, boolean isOneWay, long from, long to) implements Fault {
    public Partition {
      group = Set.copyOf(group);
    }
  }

  /** Messages to and from a node take longer. */
  record SlowLinks(int node, int extraMillis, long from, long to) implements Fault {}

  /** A node's chain RPC misbehaves. */
  record Rpc(int node, RpcKind kind, long from, long to) implements Fault {}

  /** How an RPC misbehaves. */
  enum RpcKind {
    /** It does not answer. */
    DOWN,
    /** It answers with an old head. */
    STALE,
    /** It leaves out logs. */
    DROPS_LOGS,
    /** It answers some calls with errors. */
    ERRORS,
    /** It is on a wrong fork: it contradicts what it called final. */
    BREAKS_FINALITY
  }

  /** A chain makes no blocks. */
  record ChainHalt(int side, long from, long to) implements Fault {}

  /** A node's disk takes no writes; the process is started anew at the end. */
  record DiskFull(int node, long from, long to) implements Fault {}

  /** A node's disk answers reads with errors; the process is started anew at the end. */
  record DiskReads(int node, long from, long to) implements Fault {}
}
