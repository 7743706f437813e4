package dev.mallard.c3b.harness;

import dev.mallard.c3b.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run: builds the two clusters of a plan, lets time pass, and says what it cost or where it
 * went wrong.
 */
public final class Simulation {
  private static final long CHAIN_PERIOD_MILLIS = 150;

  private final RunPlan plan;
  private final Random random;
  private final Timeline timeline = new Timeline();
  private final Story story = new Story();
  private final Report report = new Report();
  private final FakeStream stream;
  private final Network network;
  private final Checks checks;
  private final List<SourceReplica> sources = new ArrayList<>();
  private final List<DestinationReplica> destinations = new ArrayList<>();
  private final int[] skews;
  private long heldByHonest;
  private long accepted;
  private long finalized;

  private Simulation(RunPlan plan, Network.Delays delays) {
    this.plan = plan;
    this.random = new Random(plan.seed() * 31 + 7);
    this.stream = new FakeStream((int) plan.bundles());
    this.network =
        new Network(timeline, random, delays, plan.healsAt(), plan.weather(), plan.partitions());
    this.checks = new Checks(this);
    this.skews = random.ints(plan.source().size(), 0, plan.skewMillisMax() + 1).toArray();
    for (int i = 0; i < plan.source().size(); i++) {
      sources.add(
          new SourceReplica(
              this, i, new SourceLies(this, plan.sourceLiars().getOrDefault(i, Set.of()))));
    }
    for (int i = 0; i < plan.destination().size(); i++) {
      destinations.add(
          new DestinationReplica(
              this,
              i,
              new DestinationLies(this, plan.destinationLiars().getOrDefault(i, Set.of()))));
    }
  }

  /**
   * Runs a plan to its end.
   *
   * @throws AssertionError with seed and story if a guarantee is broken
   */
  public static Simulation run(RunPlan plan) {
    return run(plan, plan.weather().delays());
  }

  /** Runs a plan with other delays than its weather has. */
  public static Simulation run(RunPlan plan, Network.Delays delays) {
    Simulation simulation = new Simulation(plan, delays);
    try {
      simulation.runToEnd();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          Story.line(
              "seed %d at %d ms: %s%n%s%n%s%n%s",
              plan.seed(),
              simulation.now(),
              broken.getMessage(),
              plan,
              simulation.report,
              simulation.story),
          broken);
    }
    return simulation;
  }

  private void runToEnd() {
    replicas().forEach(replica -> after(random.nextInt(30), replica::start));
    for (RunPlan.Outage outage : plan.outages()) {
      Replica replica =
          replicas().filter(r -> r.name().equals(outage.replica())).findFirst().orElseThrow();
      after(outage.from() + 30, replica::crash);
      if (outage.to() != Long.MAX_VALUE) {
        after(outage.to() + 40, replica::start);
      }
    }
    if (plan.isExecuting()) {
      after(CHAIN_PERIOD_MILLIS, this::produceBlock);
    }
    while (!isDone()) {
      boolean hasMore = timeline.advance(plan.liveBy());
      Checks.check(
          hasMore, "[G-2] not everything was delivered by " + plan.liveBy() + " ms: " + waiting());
    }
    report.onDelivered(now());
  }

  /** Lets time go on after the end. */
  public void goOn(long millis) {
    long until = now() + millis;
    while (timeline.advance(until)) {}
  }

  private void produceBlock() {
    finalized = accepted;
    accepted = heldByHonest;
    for (DestinationReplica replica : destinations) {
      Input inbox = new Input.InboxFinalized(finalized, stream.entries(finalized));
      after(random.nextInt(50), () -> replica.receive(inbox));
    }
    after(CHAIN_PERIOD_MILLIS, this::produceBlock);
  }

  private boolean isDone() {
    return owedDestinations().allMatch(d -> d.isUp() && d.core().held() == stream.count())
        && owedSources().allMatch(s -> s.isUp() && s.core().quacked() == stream.count());
  }

  private Stream<DestinationReplica> owedDestinations() {
    return destinations.stream().filter(d -> !d.isLiar() && !plan.isLostForever(d.name()));
  }

  private Stream<SourceReplica> owedSources() {
    return sources.stream().filter(s -> !s.isLiar() && !plan.isLostForever(s.name()));
  }

  private String waiting() {
    return owedSources().map(s -> s.name() + " " + s.core().status()).toList()
        + " "
        + owedDestinations().map(d -> d.name() + " " + d.core().status()).toList();
  }

  // --- what replicas need ---

  void onHeld(DestinationReplica replica, long sequence) {
    if (!replica.isLiar()) {
      heldByHonest = Math.max(heldByHonest, sequence);
    }
  }

  /** When a bundle has its certificate at a source replica. */
  long certifiedAt(int replica, long sequence) {
    return 100 + sequence * plan.bundleGapMillis() + skews[replica];
  }

  void after(long delayMillis, Runnable event) {
    timeline.after(delayMillis, event);
  }

  void sendToDestination(String from, int to, Input input) {
    network.send(from, destinations.get(to), List.of(input));
  }

  void sendToSource(String from, int to, Input input) {
    network.send(from, sources.get(to), List.of(input));
  }

  void sendToPeer(DestinationReplica from, int to, Input input) {
    network.send(from.name(), destinations.get(to), List.of(input));
  }

  DestinationReplica destination(int index) {
    return destinations.get(index);
  }

  List<DestinationReplica> destinations() {
    return destinations;
  }

  private Stream<Replica> replicas() {
    return Stream.<Replica>concat(sources.stream(), destinations.stream())
        .sorted(Comparator.comparing(Replica::name));
  }

  public RunPlan plan() {
    return plan;
  }

  Random random() {
    return random;
  }

  long now() {
    return timeline.now();
  }

  FakeStream stream() {
    return stream;
  }

  public Network network() {
    return network;
  }

  Checks checks() {
    return checks;
  }

  public Story story() {
    return story;
  }

  public Report report() {
    return report;
  }
}
