package dev.mallard.testnet.sim.worlds;

import java.time.Duration;

/** Walks small worlds by hand: names and minutes as arguments. */
public final class WorldWalk {
  private WorldWalk() {}

  /** {@code WorldWalk [-seconds N] NAME...} */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    Limits limits = Limits.standard();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("-seconds")) {
        limits = limits.within(Duration.ofSeconds(Long.parseLong(args[++i])));
      } else {
        System.out.println(
            SmallWorlds.explore(
                args[i],
                limits,
                (place, manner, depth, states, frontier) ->
                    System.out.println(
                        place
                            + " "
                            + manner
                            + " depth "
                            + depth
                            + " states "
                            + states
                            + " next "
                            + frontier)));
      }
    }
  }
}
