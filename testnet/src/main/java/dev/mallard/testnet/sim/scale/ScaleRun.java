package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.testnet.sim.scale.ScaleRow.Counts;
import dev.mallard.testnet.sim.scale.ScaleRow.Measured;
import dev.mallard.testnet.sim.scale.Traffic.Kind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Runs the protocol at many sizes and says what it cost ({@code docs/SCALE.md}). */
public final class ScaleRun {
  private static final List<Integer> WARM_UP_SIZES = List.of(4, 13, 40, 13, 4, 7, 10, 4, 19, 4, 10);
  private static final int WARM_UP_BUNDLES = 200;

  private final ScaleOptions options;
  private final PrintWriter progress;
  private final long clockNanos;

  private ScaleRun(ScaleOptions options, PrintWriter progress) {
    this.options = options;
    this.progress = progress;
    this.clockNanos = options.isMeasuring() ? Meter.clockNanos() : 0;
  }

  /**
   * Runs every size, a line of progress each.
   *
   * @throws IllegalStateException if a run does not deliver everything: a bug in the protocol
   */
  public static ScaleReport run(ScaleOptions options, PrintWriter progress) {
    return new ScaleRun(options, progress).runAll();
  }

  private ScaleReport runAll() {
    if (options.isMeasuring()) {
      warmUp();
    }
    List<ScaleRow> rows = new ArrayList<>();
    for (int size : options.sizes()) {
      for (ScaleStakes stakes : options.stakes()) {
        for (int percent : options.crashedPercents()) {
          ScalePlan plan = ScalePlan.of(stakes, size, percent, options.bundles(size));
          if (!plan.isVoid()) {
            ScaleRow row = row(plan);
            rows.add(row);
            progress.println(line(row));
            progress.flush();
          }
        }
      }
    }
    return new ScaleReport(rows);
  }

  /** Compiled code is measured, not its compilation. */
  private void warmUp() {
    progress.println("warming up");
    progress.flush();
    int bundles = Math.min(WARM_UP_BUNDLES, options.bundlesMax());
    for (int size : WARM_UP_SIZES) {
      inputNanos(outcome(ScalePlan.of(ScaleStakes.ZIPF, size, 0, bundles)).replays());
      inputNanos(outcome(ScalePlan.of(ScaleStakes.EQUAL, size, 30, bundles)).replays());
    }
  }

  private static String line(ScaleRow row) {
    return String.format(
        Locale.ROOT,
        "%4d replicas a side, %s stake, %2d %% crashed: %3d bundles in %5.1f s of virtual time, %.1f s here",
        row.size(),
        row.stakes().label(),
        row.crashedPercent(),
        row.bundles(),
        row.counts().virtualMillis() / 1e3,
        row.measured().runMillis() / 1e3);
  }

  /** What is left of a run when its replicas have gone. */
  private record Outcome(
      Counts counts,
      Replays replays,
      Meter certifiers,
      Meter senders,
      Meter receivers,
      long runMillis) {}

  private ScaleRow row(ScalePlan plan) {
    Outcome outcome = outcome(plan);
    return new ScaleRow(
        plan.size(),
        plan.stakes(),
        plan.crashedPercent(),
        plan.crashedPermille(),
        plan.bundles(),
        outcome.counts(),
        options.isMeasuring() ? measured(outcome) : Measured.NOTHING);
  }

  private Outcome outcome(ScalePlan plan) {
    long start = System.nanoTime();
    ScaleCluster cluster = new ScaleCluster(plan, clockNanos);
    cluster.run();
    return new Outcome(
        counts(cluster),
        Replays.of(cluster),
        cluster.certifierMeter(),
        cluster.senderMeter(),
        cluster.receiverMeter(),
        (System.nanoTime() - start) / 1_000_000);
  }

  private static Counts counts(ScaleCluster cluster) {
    ScalePlan plan = cluster.plan();
    Traffic traffic = cluster.traffic();
    return new Counts(
        traffic.messages(Kind.CROSSING),
        traffic.resends(),
        traffic.needlessResends(),
        traffic.roundMax(),
        pairsMax(plan),
        traffic.messages(Kind.LOCAL_COPY),
        byKind(traffic::messages),
        byKind(traffic::bytes),
        cluster.certifierMeter().inputs(),
        cluster.senderMeter().inputs(),
        cluster.receiverMeter().inputs(),
        plan.liveSources(),
        plan.liveDestinations(),
        cluster.delays().certifiedMillis(50),
        cluster.delays().heldMillis(50),
        cluster.delays().heldMillis(100),
        cluster.delays().quackedMillis(50),
        cluster.timeline().now());
  }

  private static Map<String, Long> byKind(Function<Kind, Long> figure) {
    Map<String, Long> figures = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      figures.put(kind.label(), figure.apply(kind));
    }
    return figures;
  }

  private static int pairsMax(ScalePlan plan) {
    TransmissionSchedule schedule =
        new TransmissionSchedule(plan.source(), plan.destination(), plan.parameters().quantum());
    return LongStream.rangeClosed(1, plan.bundles())
        .mapToInt(k -> schedule.pairs(k).size())
        .max()
        .orElseThrow();
  }

  private Measured measured(Outcome outcome) {
    Replays replays = outcome.replays();
    return new Measured(
        outcome.certifiers().nanos(),
        outcome.senders().nanos(),
        outcome.receivers().nanos(),
        inputNanos(replays),
        replays.certifier().bytes(),
        replays.sender().bytes(),
        replays.receiver().bytes(),
        outcome.runMillis());
  }

  private Map<String, Long> inputNanos(Replays replays) {
    Map<String, Long> inputNanos = new TreeMap<>();
    putAll(inputNanos, "certifier.", replays.certifier().costs(clockNanos));
    putAll(inputNanos, "sender.", replays.sender().costs(clockNanos));
    putAll(inputNanos, "receiver.", replays.receiver().costs(clockNanos));
    return inputNanos;
  }

  private static void putAll(
      Map<String, Long> inputNanos, String role, Map<String, Replay.Cost> costs) {
    costs.forEach((kind, cost) -> inputNanos.put(role + kind, cost.nanos()));
  }
}
