package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.certify.BridgeKey;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import dev.mallard.testnet.sim.chain.ChainProfile;
import dev.mallard.testnet.sim.chain.SendRequest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Draws a plan from a seed. Some runs have faults of many kinds, some of one kind only, some none:
 * what hides behind the noise of one kind shows in runs without it ("swarm testing").
 */
final class PlanDraw {
  private static final int BIG_REPLICAS_MAX = 31;
  private static final int MEDIUM_REPLICAS_MAX = 13;
  private static final int SMALL_REPLICAS_MAX = 7;

  /** With the amount in front of it, as much as the Outbox takes. */
  private static final int PADDING_BYTES_MAX = SendRequest.PAYLOAD_BYTES_MAX - Long.BYTES;

  /** Kinds of faults that a run has or has not. */
  private enum Kind {
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

  private final Random random;
  private final long seed;
  private final Set<Kind> kinds;

  private PlanDraw(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.kinds = kinds();
  }

  /** The plan of a seed. */
  static SimPlan draw(long seed) {
    return draw(seed, Optional.empty());
  }

  /** The plan of a seed with given tables. */
  static SimPlan draw(long seed, Optional<List<StakeTable>> tables) {
    return new PlanDraw(seed).plan(tables);
  }

  private Set<Kind> kinds() {
    Kind[] all = Kind.values();
    Set<Kind> drawn = EnumSet.noneOf(Kind.class);
    int style = random.nextInt(12);
    if (style == 0) {
      return drawn;
    }
    if (style > 9) {
      drawn.add(Kind.LIARS);
      return drawn;
    }
    if (style < 4) {
      drawn.add(all[random.nextInt(all.length)]);
      return drawn;
    }
    for (Kind kind : all) {
      if (random.nextBoolean()) {
        drawn.add(kind);
      }
    }
    return drawn;
  }

  private boolean has(Kind kind) {
    return kinds.contains(kind);
  }

  private SimPlan plan(Optional<List<StakeTable>> tables) {
    boolean isBig = random.nextInt(100) == 0;
    boolean isMedium = random.nextInt(20) == 0;
    int smallMax = isMedium ? MEDIUM_REPLICAS_MAX : SMALL_REPLICAS_MAX;
    int replicasMax = isBig ? BIG_REPLICAS_MAX : smallMax;
    StakeTable left = tables.map(List::getFirst).orElseGet(() -> table(1, replicasMax));
    SimPlan.Side a = new SimPlan.Side(left, chain());
    StakeTable right = tables.map(List::getLast).orElseGet(() -> table(2, replicasMax));
    SimPlan.Side b = new SimPlan.Side(right, chain());
    List<SimPlan.Side> sides = List.of(a, b);
    TrafficPlan traffic = traffic(isBig);
    long healAt = 2_000 + (long) traffic.transfers() * traffic.gapMillis() + random.nextInt(8_000);
    SimPlan peaceful =
        new SimPlan(
            seed,
            sides,
            c3b(),
            2 + random.nextInt(6),
            random.nextInt(20),
            net(),
            machine(),
            traffic,
            List.of(),
            Map.of(),
            healAt);
    Map<Integer, Set<Act>> liars = has(Kind.LIARS) ? liars(peaceful) : Map.of();
    return new SimPlan(
        seed,
        sides,
        peaceful.c3b(),
        peaceful.takeoverBlocks(),
        peaceful.retentionBundles(),
        peaceful.net(),
        peaceful.machine(),
        traffic,
        faults(peaceful, liars),
        liars,
        healAt);
  }

  // --- who ---

  private StakeTable table(long rsm, int replicasMax) {
    int size = 1 + random.nextInt(replicasMax);
    int another = 1 + random.nextInt(replicasMax);
    List<Stake> stakes = stakes(Math.max(size, another));
    Stake total =
        new Stake(stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add));
    return table(rsm, stakes, model(total));
  }

  /** Crash faults only, the common Byzantine one, or any u and r that the stake allows. */
  private FaultModel model(Stake total) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> FaultModel.cft(total);
      case 2 -> {
        BigInteger rest = total.units().subtract(BigInteger.ONE);
        BigInteger r = share(rest.divide(BigInteger.valueOf(3)));
        BigInteger most = rest.subtract(r).shiftRight(1);
        yield new FaultModel(new Stake(r.max(share(most))), new Stake(r));
      }
      default -> FaultModel.bft(total);
    };
  }

  private BigInteger share(BigInteger of) {
    return of.multiply(BigInteger.valueOf(random.nextInt(101))).divide(BigInteger.valueOf(100));
  }

  /** A table with the simulator's keys. */
  static StakeTable table(long rsm, List<Stake> stakes, FaultModel model) {
    SimSignatures scheme = new SimSignatures();
    List<Validator> validators =
        IntStream.range(0, stakes.size())
            .mapToObj(i ->
                new Validator(
                    i,
                    BridgeKey.of(scheme, SimSignatures.privateKey(rsm, i)).address(),
                    stakes.get(i)))
            .toList();
    return new StakeTable(new RsmId(rsm), Epoch.FIRST, validators, model);
  }

  private List<Stake> stakes(int size) {
    BigInteger unit = random.nextInt(8) == 0 ? BigInteger.TWO.pow(200) : BigInteger.ONE;
    int style = random.nextInt(5);
    List<Stake> stakes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long share =
          switch (style) {
            case 0 -> 1;
            case 1 -> 1 + random.nextInt(100);
            case 2 -> 840 / (i + 1);
            case 3 -> i == 0 ? 97 : 1;
            default -> i > 0 && random.nextInt(3) == 0 ? 0 : 10;
          };
      stakes.add(new Stake(unit.multiply(BigInteger.valueOf(Math.max(share, i == 0 ? 1 : share)))));
    }
    return stakes;
  }

  // --- how ---

  private ChainProfile chain() {
    int[] blockMillis = {200, 400, 1_000};
    ChainProfile chain = ChainProfile.calm(blockMillis[random.nextInt(3)], random.nextInt(4));
    if (has(Kind.REORGS)) {
      chain = chain.withReorgs(random.nextInt(150), 3);
    }
    if (has(Kind.POOL)) {
      chain = chain.withPool(random.nextInt(200), random.nextInt(150), random.nextInt(300), 3);
    }
    return chain;
  }

  private C3bParameters c3b() {
    int[] windows = {4, 8, 16, 64};
    int[] quanta = {8, 32, 256};
    int window = windows[random.nextInt(windows.length)];
    return new C3bParameters(
        window,
        1L << (12 + random.nextInt(10)),
        1 + random.nextInt(window),
        quanta[random.nextInt(quanta.length)],
        100,
        1_500,
        600 + random.nextInt(600),
        8_000,
        100,
        1_000 + random.nextInt(2_000),
        1 + random.nextInt(32));
  }

  private NetPlan net() {
    return new NetPlan(
        1 + random.nextInt(80),
        random.nextInt(3) == 0 ? random.nextInt(200) : random.nextInt(20),
        has(Kind.LOSS) ? 1 + random.nextInt(300) : 0,
        has(Kind.DUPLICATES) ? 1 + random.nextInt(300) : 0,
        has(Kind.DISORDER));
  }

  /** Sometimes so few that the disk has no room now and then. */
  private MachinePlan machine() {
    int journalCommits = seed % 4 == 3 ? 4 + (int) (seed % 16) : MachinePlan.JOURNAL_COMMITS_MAX;
    return random.nextInt(3) == 0
        ? new MachinePlan(
            random.nextInt(20),
            random.nextInt(50),
            random.nextInt(60),
            random.nextInt(150),
            journalCommits)
        : new MachinePlan(
            0, random.nextInt(3), 1 + random.nextInt(10), random.nextInt(20), journalCommits);
  }

  private TrafficPlan traffic(boolean isBig) {
    int transfers = isBig ? 3 + random.nextInt(6) : 1 + random.nextInt(40);
    int padding = random.nextInt(6) == 0 ? PADDING_BYTES_MAX : random.nextInt(100);
    return new TrafficPlan(
        transfers,
        50 + random.nextInt(400),
        padding,
        random.nextInt(200),
        random.nextInt(200),
        1 + random.nextInt(3));
  }

  // --- what goes wrong ---

  private Map<Integer, Set<Act>> liars(SimPlan plan) {
    Map<Integer, Set<Act>> liars = new TreeMap<>();
    boolean isLeague = random.nextBoolean();
    Set<Act> common = kinds.size() == 1 ? EnumSet.of(anyAct()) : acts();
    for (int side = 0; side < 2; side++) {
      StakeTable table = plan.sides().get(side).table();
      for (int index : withStakeUpTo(table, table.faultModel().r().units())) {
        liars.put(plan.nodeOf(side, index), isLeague ? common : acts());
      }
    }
    return liars;
  }

  private Set<Act> acts() {
    Set<Act> acts = EnumSet.noneOf(Act.class);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      acts.add(anyAct());
    }
    return acts;
  }

  private Act anyAct() {
    Act[] all = Act.values();
    return all[random.nextInt(all.length)];
  }

  /** Replicas in random order as long as their stake together stays within a limit. */
  private List<Integer> withStakeUpTo(StakeTable table, BigInteger limit) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, table.size()).boxed().toList());
    Collections.shuffle(order, random);
    List<Integer> chosen = new ArrayList<>();
    BigInteger left = limit;
    for (int index : order) {
      BigInteger stake = table.stakeOf(index).units();
      if (stake.compareTo(left) <= 0 && stake.signum() > 0 && random.nextInt(8) != 0) {
        chosen.add(index);
        left = left.subtract(stake);
      }
    }
    return chosen;
  }

  private List<Fault> faults(SimPlan plan, Map<Integer, Set<Act>> liars) {
    List<Fault> faults = new ArrayList<>();
    if (has(Kind.CRASHES_FOR_EVER)) {
      crashesForEver(plan, liars, faults);
    }
    if (has(Kind.CRASHES)) {
      repeat(6, () -> faults.add(new Fault.Crash(node(plan), start(plan), 0)));
    }
    if (has(Kind.PARTITIONS)) {
      repeat(3, () -> faults.add(partition(plan)));
    }
    if (has(Kind.SLOW_LINKS)) {
      repeat(
          3,
          () -> faults.add(new Fault.SlowLinks(node(plan), random.nextInt(1_500), start(plan), 0)));
    }
    if (has(Kind.RPC)) {
      Fault.RpcKind[] all = Fault.RpcKind.values();
      repeat(
          5,
          () ->
              faults.add(
                  new Fault.Rpc(node(plan), all[random.nextInt(all.length)], start(plan), 0)));
    }
    if (has(Kind.CHAIN_HALTS)) {
      repeat(2, () -> faults.add(new Fault.ChainHalt(random.nextInt(2), start(plan), 0)));
    }
    if (has(Kind.DISK_FULL)) {
      repeat(2, () -> faults.add(new Fault.DiskFull(node(plan), start(plan), 0)));
    }
    if (has(Kind.DISK_READS)) {
      repeat(2, () -> faults.add(new Fault.DiskReads(node(plan), start(plan), 0)));
    }
    return faults.stream().map(fault -> lasting(plan, fault)).toList();
  }

  private Fault lasting(SimPlan plan, Fault fault) {
    long room = plan.healAtMillis() - fault.from();
    long to = fault.from() + 1 + random.nextInt((int) Math.max(1, Math.min(room, 12_000)));
    return switch (fault) {
      case Fault.Crash crash when crash.to() == Fault.FOR_EVER -> crash;
      case Fault.Crash crash -> new Fault.Crash(crash.node(), crash.from(), to);
      case Fault.Partition p -> new Fault.Partition(p.group(), p.isOneWay(), p.from(), to);
      case Fault.SlowLinks s -> new Fault.SlowLinks(s.node(), s.extraMillis(), s.from(), to);
      case Fault.Rpc rpc -> new Fault.Rpc(rpc.node(), rpc.kind(), rpc.from(), to);
      case Fault.ChainHalt halt -> new Fault.ChainHalt(halt.side(), halt.from(), to);
      case Fault.DiskFull full -> new Fault.DiskFull(full.node(), full.from(), to);
      case Fault.DiskReads reads -> new Fault.DiskReads(reads.node(), reads.from(), to);
    };
  }

  /** Liars and those that never come back have together at most u stake. */
  private void crashesForEver(SimPlan plan, Map<Integer, Set<Act>> liars, List<Fault> faults) {
    for (int side = 0; side < 2; side++) {
      StakeTable table = plan.sides().get(side).table();
      int ofSide = side;
      BigInteger lying =
          liars.keySet().stream()
              .filter(node -> plan.sideOf(node) == ofSide)
              .map(node -> table.stakeOf(plan.indexOf(node)).units())
              .reduce(BigInteger.ZERO, BigInteger::add);
      BigInteger left = table.faultModel().u().units().subtract(lying);
      for (int index : withStakeUpTo(table, left)) {
        int node = plan.nodeOf(side, index);
        if (!liars.containsKey(node)) {
          faults.add(new Fault.Crash(node, start(plan), Fault.FOR_EVER));
        }
      }
    }
  }

  private Fault partition(SimPlan plan) {
    Set<Integer> group = new HashSet<>();
    for (int node = 0; node < plan.nodes(); node++) {
      if (random.nextBoolean()) {
        group.add(node);
      }
    }
    return new Fault.Partition(group, random.nextInt(3) == 0, start(plan), 0);
  }

  private int node(SimPlan plan) {
    return random.nextInt(plan.nodes());
  }

  private long start(SimPlan plan) {
    return 100L + random.nextInt((int) Math.max(1, plan.healAtMillis() - 200));
  }

  private void repeat(int timesMax, Runnable draw) {
    int times = 1 + random.nextInt(timesMax);
    for (int i = 0; i < times; i++) {
      draw.run();
    }
  }
}
