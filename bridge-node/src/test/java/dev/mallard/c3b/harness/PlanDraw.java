package dev.mallard.c3b.harness;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Draws runs from seeds; each run has its own mix of faults ("swarm"), some have one kind only. */
public final class PlanDraw {
  private static final long HEALS_AT = 8_000;

  private final Random random;
  private final long seed;

  private PlanDraw(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** A run without faults: delays vary tenfold, nothing else. */
  public static RunPlan faultFree(long seed) {
    PlanDraw draw = new PlanDraw(seed);
    StakeTable source = draw.table(1);
    StakeTable destination = draw.table(2);
    return new RunPlan(
        seed,
        source,
        destination,
        draw.parameters(40 + draw.random.nextInt(200)),
        60,
        20 + draw.random.nextInt(120),
        40,
        new Network.Weather(5, 50, 0, 0),
        List.of(),
        List.of(),
        Set.of(),
        Map.of(),
        Map.of(),
        0,
        draw.random.nextBoolean(),
        10,
        100);
  }

  /** A run with a mix of faults of DESIGN section 6. */
  public static RunPlan faulty(long seed) {
    return new PlanDraw(seed).faulty();
  }

  private RunPlan faulty() {
    StakeTable source = table(1);
    StakeTable destination = table(2);
    boolean hasLiars = random.nextInt(3) > 0;
    boolean hasLosses = random.nextInt(3) > 0;
    Faulty sources = faultyOf(source, hasLiars, "s");
    Faulty destinations = faultyOf(destination, hasLiars, "d");
    Set<String> lost = new TreeSet<>(sources.lost());
    lost.addAll(destinations.lost());
    int delay = 5 + random.nextInt(100);
    C3bParameters parameters = parameters(random.nextInt(3) == 0 ? 4 : 8 + random.nextInt(60));
    int bundles = 20 + random.nextInt(40);
    boolean isExecuting =
        bundles > parameters.heldAheadBundles()
            || random.nextInt(3) == 0; // or back-pressure stops it
    return new RunPlan(
        seed,
        source,
        destination,
        parameters,
        bundles,
        10 + random.nextInt(150),
        random.nextInt(400),
        new Network.Weather(
            1, delay, hasLosses ? random.nextInt(30) : 0, hasLosses ? random.nextInt(20) : 0),
        partitions(source, destination),
        outages(source, destination, lost),
        lost,
        acts(sources.liars(), SourceLies.Act.class),
        acts(destinations.liars(), DestinationLies.Act.class),
        HEALS_AT,
        isExecuting,
        1 + random.nextInt(60),
        random.nextInt(20));
  }

  private record Faulty(Set<Integer> liars, Set<String> lost) {}

  /** Liars up to r stake; liars and lost ones together up to u. */
  private Faulty faultyOf(StakeTable table, boolean hasLiars, String prefix) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, table.size()).boxed().toList());
    Collections.shuffle(order, random);
    Set<Integer> liars = new TreeSet<>();
    Set<String> lost = new TreeSet<>();
    Stake lying = Stake.ZERO;
    Stake failed = Stake.ZERO;
    for (int i : order) {
      Stake stake = table.stakeOf(i);
      if (hasLiars && table.faultModel().r().isAtLeast(lying.plus(stake))) {
        lying = lying.plus(stake);
        failed = failed.plus(stake);
        liars.add(i);
      } else if (random.nextInt(2) == 0 && table.faultModel().u().isAtLeast(failed.plus(stake))) {
        failed = failed.plus(stake);
        lost.add(prefix + i);
      }
    }
    return new Faulty(liars, lost);
  }

  private <A extends Enum<A>> Map<Integer, Set<A>> acts(Set<Integer> liars, Class<A> acts) {
    Map<Integer, Set<A>> byLiar = new TreeMap<>();
    A[] all = acts.getEnumConstants();
    for (int liar : liars) {
      Set<A> mine = EnumSet.of(all[random.nextInt(all.length)]);
      if (random.nextBoolean()) {
        mine.add(all[random.nextInt(all.length)]);
      }
      byLiar.put(liar, mine);
    }
    return byLiar;
  }

  private StakeTable table(long rsm) {
    int size = 1 + random.nextInt(7);
    int kind = random.nextInt(3);
    List<Stake> stakes =
        IntStream.range(0, size)
            .mapToObj(i -> Stake.of(kind == 0 ? 10 : kind == 1 ? 100 / (i + 1) : i == 0 ? 97 : 1))
            .toList();
    Stake total = Tables.total(stakes);
    return Tables.of(
        rsm, stakes, random.nextInt(4) == 0 ? FaultModel.cft(total) : FaultModel.bft(total));
  }

  private C3bParameters parameters(int window) {
    int phi = 1 + random.nextInt(window);
    long bytes = random.nextInt(3) == 0 ? 2_000 : 1 << 20;
    return new C3bParameters(
        window,
        bytes,
        phi,
        16 + random.nextInt(48),
        20,
        900,
        300,
        3_000,
        40,
        800,
        1 + random.nextInt(8));
  }

  private List<Network.Partition> partitions(StakeTable source, StakeTable destination) {
    List<Network.Partition> partitions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      long from = random.nextLong(HEALS_AT);
      long to = Math.min(HEALS_AT, from + random.nextLong(5_000));
      List<String> one = some(source, destination);
      List<String> other = some(source, destination);
      partitions.add(new Network.Partition(from, to, one, other));
      if (random.nextBoolean()) {
        partitions.add(new Network.Partition(from, to, other, one));
      }
    }
    return partitions;
  }

  private List<String> some(StakeTable source, StakeTable destination) {
    List<String> names = new ArrayList<>(names(source, destination));
    Collections.shuffle(names, random);
    return List.copyOf(names.subList(0, 1 + random.nextInt(names.size())));
  }

  private List<RunPlan.Outage> outages(
      StakeTable source, StakeTable destination, Set<String> lost) {
    List<RunPlan.Outage> outages = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : lost) {
      outages.add(new RunPlan.Outage(name, random.nextLong(HEALS_AT), Long.MAX_VALUE));
      taken.add(name);
    }
    for (int i = random.nextInt(2) * random.nextInt(6); i > 0; i--) {
      List<String> names = names(source, destination);
      String name = names.get(random.nextInt(names.size()));
      if (taken.add(name)) {
        long from = random.nextLong(HEALS_AT - 1);
        outages.add(new RunPlan.Outage(name, from, from + random.nextLong(HEALS_AT - from)));
      }
    }
    return outages;
  }

  private static List<String> names(StakeTable source, StakeTable destination) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, source.size()).forEach(i -> names.add("s" + i));
    IntStream.range(0, destination.size()).forEach(i -> names.add("d" + i));
    return names;
  }
}
