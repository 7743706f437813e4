package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.stake.StakeTable;
import java.util.List;

/**
 * What the replicas of a world are handed beside their inputs. The defaults are the truth; a test
 * that wants to see a fault caught hands in another value or port.
 */
public interface Ports {
  /** The source's stake table, as cores are given it for quorums and schedule. */
  default StakeTable source(StakeTable table) {
    return table;
  }

  /** The destination's stake table, as cores are given it for their quorums. */
  default StakeTable destination(StakeTable table) {
    return table;
  }

  /** The verifier of [RECV-1]. */
  default boolean isGenuine(OfferedBundle offered, WorldStream stream) {
    return stream.isTrue(offered);
  }

  /** Which bundles the journal reports durable when it is handed one: none before the fsync. */
  default List<CertifiedBundle> reportedAtOnce(CertifiedBundle handed) {
    return List.of();
  }

  /** What leaves as an ack when the core asks for one. */
  default Effect.SendAck ack(Effect.SendAck asked) {
    return asked;
  }

  /**
   * Up to where a source's disk may forget when an ack has arrived ([GC-1]).
   *
   * @param acknowledged the ack's cumulative number
   * @param quacked the core's frontier
   */
  default long forgettable(long acknowledged, long quacked) {
    return quacked;
  }

  /** What a restarted sender is handed of the certified bundles on its disk ([CATCH-1]). */
  default List<CertifiedBundle> recovered(List<CertifiedBundle> outbound) {
    return outbound;
  }

  /** Which local peers a broadcast goes to ([RECV-2]). */
  default boolean isBroadcastTo(int peer) {
    return true;
  }
}
