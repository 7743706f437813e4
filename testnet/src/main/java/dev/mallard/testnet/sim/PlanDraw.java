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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

  private final Random random;
  private final long seed;
  private final Set<FaultKind> kinds;

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

  private Set<FaultKind> kinds() {
    FaultKind[] all = FaultKind.values();
    Set<FaultKind> drawn = EnumSet.noneOf(FaultKind.class);
    int style = random.nextInt(12);
    if (style == 0) {
      return drawn;
    }
    if (style > 9) {
      drawn.add(FaultKind.LIARS);
      return drawn;
    }
    if (style < 4) {
      drawn.add(all[random.nextInt(all.length)]);
      return drawn;
    }
    for (FaultKind kind : all) {
      if (random.nextBoolean()) {
        drawn.add(kind);
      }
    }
    return drawn;
  }

  private boolean has(FaultKind kind) {
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
    FaultDraw faults = new FaultDraw(random, kinds);
    Map<Integer, Set<Act>> liars = has(FaultKind.LIARS) ? faults.liars(peaceful) : Map.of();
    return new SimPlan(
        seed,
        sides,
        peaceful.c3b(),
        peaceful.takeoverBlocks(),
        peaceful.retentionBundles(),
        peaceful.net(),
        peaceful.machine(),
        traffic,
        faults.faults(peaceful, liars),
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
    if (has(FaultKind.REORGS)) {
      chain = chain.withReorgs(random.nextInt(150), 3);
    }
    if (has(FaultKind.POOL)) {
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
        has(FaultKind.LOSS) ? 1 + random.nextInt(300) : 0,
        has(FaultKind.DUPLICATES) ? 1 + random.nextInt(300) : 0,
        has(FaultKind.DISORDER));
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
}
