package dev.mallard.testnet.sim.worlds;

import dev.mallard.stake.Stake;
import org.jspecify.annotations.Nullable;

/** What must hold in every state of the world, between replicas; each knows its own duties. */
final class Guard {
  private final Cast cast;
  private final World world;
  private final Stake liarStake;

  Guard(Cast cast) {
    this.cast = cast;
    this.world = cast.world();
    int liar = cast.liar();
    this.liarStake =
        liar != Cast.NOBODY && !world.isSource(liar)
            ? world.destination().stakeOf(world.indexOf(liar))
            : Stake.ZERO;
  }

  /** The first guarantee that a state breaks. */
  @Nullable String check(WorldState state) {
    long safe = safelyHeld(state);
    for (int i = 0; i < world.sources(); i++) {
      if (cast.isCorrect(i)) {
        Outlook source = state.local(i).outlook();
        if (source.quacked() > safe) {
          return "[QUACK-1] "
              + world.nameOf(i)
              + " takes bundle "
              + Math.min(source.quacked(), world.bundles())
              + " for quacked, but too few correct replicas hold it durably";
        }
        if (source.forgotten() > safe) {
          return "[GC-1] "
              + world.nameOf(i)
              + " has dropped bundle "
              + Math.min(source.forgotten(), world.bundles())
              + ", but too few correct replicas hold it durably";
        }
      }
    }
    return checkBelief(state);
  }

  /**
   * The last bundle that correct replicas hold durably with so much stake that, whatever else may
   * fail, one of them remains: with the liar's it is more than u_r.
   */
  private long safelyHeld(WorldState state) {
    long level = world.bundles();
    while (level > 0 && !isSafelyHeld(state, level)) {
      level--;
    }
    return level;
  }

  private boolean isSafelyHeld(WorldState state, long level) {
    Stake stake = liarStake;
    for (int j = 0; j < world.destinations(); j++) {
      int replica = world.destinationAt(j);
      if (cast.isCorrect(replica) && state.local(replica).outlook().durable() >= level) {
        stake = stake.plus(world.destination().stakeOf(j));
      }
    }
    return stake.compareTo(world.destination().faultModel().u()) > 0;
  }

  /** [GC-2]: what is believed quacked, a correct local replica holds. */
  private @Nullable String checkBelief(WorldState state) {
    long believed = 0;
    long durable = 0;
    int believer = 0;
    for (int j = 0; j < world.destinations(); j++) {
      int replica = world.destinationAt(j);
      if (cast.isCorrect(replica)) {
        Outlook outlook = state.local(replica).outlook();
        durable = Math.max(durable, outlook.durable());
        if (outlook.believedQuacked() > believed) {
          believed = outlook.believedQuacked();
          believer = replica;
        }
      }
    }
    return believed <= durable
        ? null
        : "[GC-2] " + world.nameOf(believer) + " believes a quack that never was";
  }
}
