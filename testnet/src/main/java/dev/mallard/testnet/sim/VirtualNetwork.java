package dev.mallard.testnet.sim;

import dev.mallard.wire.PeerMessage;
import java.util.Arrays;
import java.util.Random;

/** Links between all nodes: delay, loss, duplicates, disorder, partitions, slow links. */
final class VirtualNetwork {
  /** Where messages arrive. */
  interface Arrivals {
    /** Whether the node's process runs. */
    boolean isUp(int node);

    /** Counts the node's starts: a connection ends with the process. */
    int life(int node);

    /** A message is there. */
    void onMessage(int from, int to, PeerMessage message);

    /** What becomes of a message, for the story. */
    void onFate(int from, int to, PeerMessage message, Story.Fate fate, long until);
  }

  private final Timeline time;
  private final Random random;
  private final Arrivals arrivals;
  private final int nodes;
  private final int[] cuts;
  private final long[] lastArrival;
  private final int[] slowMillis;
  private NetPlan plan;

  VirtualNetwork(Timeline time, Random random, NetPlan plan, int nodes, Arrivals arrivals) {
    this.time = time;
    this.random = random;
    this.plan = plan;
    this.nodes = nodes;
    this.arrivals = arrivals;
    this.cuts = new int[nodes * nodes];
    this.lastArrival = new long[nodes * nodes];
    this.slowMillis = new int[nodes];
  }

  /** Faults are over: nothing is lost any more. */
  void heal() {
    plan = plan.healed();
    Arrays.fill(cuts, 0);
    Arrays.fill(slowMillis, 0);
  }

  /** Cuts (+1) or mends (−1) one direction; cuts add up. */
  void cut(int from, int to, int change) {
    int link = from * nodes + to;
    cuts[link] = Math.max(0, cuts[link] + change);
  }

  void slow(int node, int extraMillis) {
    slowMillis[node] = Math.max(0, slowMillis[node] + extraMillis);
  }

  boolean isConnected(int from, int to) {
    return arrivals.isUp(to) && cuts[from * nodes + to] == 0;
  }

  /** Sends; false if the sender can see that it is in vain. */
  boolean send(int from, int to, PeerMessage message) {
    if (!arrivals.isUp(to)) {
      arrivals.onFate(from, to, message, Story.Fate.DOWN, time.now());
      return false;
    }
    boolean isCut = cuts[from * nodes + to] > 0;
    if (isCut || isPermille(plan.lossPermille())) {
      Story.Fate fate = isCut ? Story.Fate.CUT : Story.Fate.LOST;
      arrivals.onFate(from, to, message, fate, time.now());
      return true; // the sender cannot know
    }
    deliver(from, to, message, Story.Fate.ARRIVES);
    if (isPermille(plan.duplicatePermille())) {
      deliver(from, to, message, Story.Fate.DUPLICATE);
    }
    return true;
  }

  private void deliver(int from, int to, PeerMessage message, Story.Fate fate) {
    long delay = (long) plan.delayMillis() + slowMillis[from] + slowMillis[to];
    delay += plan.jitterMillis() == 0 ? 0 : random.nextInt(plan.jitterMillis() + 1);
    int link = from * nodes + to;
    long at = time.now() + delay;
    if (!plan.isReordering()) {
      at = Math.max(at, lastArrival[link]);
      lastArrival[link] = at;
    }
    int life = arrivals.life(to);
    arrivals.onFate(from, to, message, fate, at);
    time.after(
        at - time.now(),
        () -> {
          if (arrivals.isUp(to) && arrivals.life(to) == life) {
            arrivals.onMessage(from, to, message);
          } else {
            arrivals.onFate(from, to, message, Story.Fate.ENDED, time.now());
          }
        });
  }

  private boolean isPermille(int permille) {
    return permille > 0 && random.nextInt(1000) < permille;
  }
}
