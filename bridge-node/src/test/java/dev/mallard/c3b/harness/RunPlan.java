package dev.mallard.c3b.harness;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Everything a run is made of; drawn by {@link PlanDraw} from a seed, or written by hand for a
 * named test.
 *
 * @param bundles how many the source transmits
 * @param bundleGapMillis between two of them
 * @param skewMillisMax how much later than the first one a replica may see a bundle certified
 * @param healsAt when the network heals and crashed replicas are back
 * @param lostForever names of replicas that never come back, of no more than u stake with the liars
 * @param isExecuting whether the destination chain executes what is held ([GC-3])
 * @param retentionBundles how many executed bundles stay on disk
 */
public record RunPlan(
    long seed,
    StakeTable source,
    StakeTable destination,
    C3bParameters parameters,
    long bundles,
    int bundleGapMillis,
    int skewMillisMax,
    Network.Weather weather,
    List<Network.Partition> partitions,
    List<Outage> outages,
    Set<String> lostForever,
    Map<Integer, Set<SourceLies.Act>> sourceLiars,
    Map<Integer, Set<DestinationLies.Act>> destinationLiars,
    long healsAt,
    boolean isExecuting,
    int fsyncMillisMax,
    int retentionBundles) {

  /** A replica is down for a while. */
  public record Outage(String replica, long from, long to) {}

  boolean isLostForever(String replica) {
    return lostForever.contains(replica);
  }

  boolean hasLiars() {
    return !sourceLiars.isEmpty() || !destinationLiars.isEmpty();
  }

  long tickMillis(Random random) {
    return (long) parameters.tickMillis() + random.nextInt(4);
  }

  long fsyncMillis() {
    return fsyncMillisMax;
  }

  long verifyMillis() {
    return 2;
  }

  /**
   * When everything must have been delivered: each window's worth of bundles may need all
   * retransmission pairs one after the other, each after the longest timeout and the sweeps that
   * tell of the loss.
   */
  long liveBy() {
    long windows = bundles / parameters.windowBundles() + 2;
    long pairs = (long) source.size() + destination.size();
    long round = parameters.lossTimeoutMillisMax() + 4L * parameters.heartbeatMillis();
    return healsAt + bundles * bundleGapMillis + windows * pairs * round;
  }
}
