package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.chain.ChainProfile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads what {@link PlanText} writes, strictly: every subject once, every field there, nothing
 * else, all within limits, and faults within what the stake tables allow.
 */
public final class PlanReader {
  /** Replicas of a side. */
  public static final int REPLICAS_MAX = 1_000;

  private static final int MILLIS_MAX = 86_400_000;
  private static final int COUNT_MAX = 1_000_000;
  private static final int PADDING_BYTES_MAX = 65_536;
  private static final int PERMILLE = 1_000;
  private static final int LINES_MAX = 10_000;
  private static final List<String> SUBJECTS =
      List.of(
          "seed", "side a", "side b", "chain a", "chain b", "c3b", "node", "net", "machine",
          "traffic", "healed");

  private final Map<String, PlanLine> subjects = new HashMap<>();
  private final List<PlanLine> faults = new ArrayList<>();
  private final List<PlanLine> liars = new ArrayList<>();

  private PlanReader() {}

  /**
   * Reads a plan.
   *
   * @throws PlanException naming the line, and what is wrong with it
   */
  public static SimPlan read(String text) throws PlanException {
    PlanReader reader = new PlanReader();
    reader.split(text);
    SimPlan plan = reader.plan();
    String objection = PlanRules.objection(plan);
    if (!objection.isEmpty()) {
      throw new PlanException(objection);
    }
    return plan;
  }

  // --- lines ---

  private void split(String text) throws PlanException {
    String[] lines = text.split("\n", -1);
    if (!lines[0].strip().equals(PlanForm.FIRST_LINE)) {
      throw new PlanException("line 1: a plan begins with \"" + PlanForm.FIRST_LINE + "\"");
    }
    if (lines.length > LINES_MAX) {
      throw new PlanException("a plan has at most " + LINES_MAX + " lines, got " + lines.length);
    }
    for (int i = 1; i < lines.length; i++) {
      int comment = lines[i].indexOf('#');
      String content = comment < 0 ? lines[i] : lines[i].substring(0, comment);
      if (!content.isBlank()) {
        take(new PlanLine(i + 1, content));
      }
    }
    for (String subject : SUBJECTS) {
      if (!subjects.containsKey(subject)) {
        throw new PlanException("the line \"" + subject + " …\" is missing");
      }
    }
  }

  private void take(PlanLine line) throws PlanException {
    String first = line.word(0, "a subject");
    switch (first) {
      case "fault" -> faults.add(line);
      case "liar" -> liars.add(line);
      default -> {
        boolean isOfSide = first.equals("side") || first.equals("chain");
        String subject = isOfSide ? first + " " + line.word(1, "a or b") : first;
        if (!SUBJECTS.contains(subject)) {
          throw line.wrong("unknown subject \"" + subject + "\"");
        }
        if (subjects.putIfAbsent(subject, line) != null) {
          throw line.wrong("\"" + subject + "\" is there twice");
        }
      }
    }
  }

  private PlanLine line(String subject, int words, List<String> keys) throws PlanException {
    PlanLine line = Objects.requireNonNull(subjects.get(subject));
    line.require(words, keys);
    return line;
  }

  private long single(String subject, long max) throws PlanException {
    PlanLine line = line(subject, 2, List.of());
    return line.inRange(subject, line.word(1, "a number"), 0, max);
  }

  // --- subjects ---

  private SimPlan plan() throws PlanException {
    PlanLine node = line("node", 1, PlanForm.NODE);
    SimPlan peaceful =
        new SimPlan(
            single("seed", Long.MAX_VALUE),
            List.of(side(0), side(1)),
            c3b(),
            node.number("takeover-blocks", 1, COUNT_MAX),
            node.number("retention-bundles", 0, COUNT_MAX),
            net(),
            machine(),
            traffic(),
            List.of(),
            Map.of(),
            single("healed", MILLIS_MAX));
    PlanDraft draft = new PlanDraft(peaceful);
    for (PlanLine fault : faults) {
      draft.faults.add(fault(peaceful, fault));
    }
    for (PlanLine liar : liars) {
      liar.require(3, List.of());
      int who = node(peaceful, liar, liar.word(1, "a replica"));
      if (draft.liars.put(who, acts(liar)) != null) {
        throw liar.wrong(liar.word(1, "a replica") + " lies in two lines");
      }
    }
    return draft.plan();
  }

  private SimPlan.Side side(int side) throws PlanException {
    String name = side == 0 ? "a" : "b";
    PlanLine line = line("side " + name, 2, PlanForm.SIDE);
    String[] parts = line.field("stakes").split(",", -1);
    if (parts.length > REPLICAS_MAX) {
      throw line.wrong("at most " + REPLICAS_MAX + " replicas, got " + parts.length);
    }
    try {
      List<Stake> stakes = new ArrayList<>();
      for (String part : parts) {
        stakes.add(new Stake(line.big("stake", part)));
      }
      FaultModel model =
          new FaultModel(
              new Stake(line.big("u", line.field("u"))), new Stake(line.big("r", line.field("r"))));
      StakeTable table = PlanDraw.table(side + 1L, stakes, model);
      return new SimPlan.Side(table, chain(name));
    } catch (IllegalArgumentException unsound) {
      throw line.wrong(String.valueOf(unsound.getMessage()));
    }
  }

  private ChainProfile chain(String name) throws PlanException {
    PlanLine line = line("chain " + name, 2, PlanForm.CHAIN);
    return new ChainProfile(
        line.number("block-ms", 1, MILLIS_MAX),
        line.number("finality-blocks", 0, COUNT_MAX),
        line.number("reorg-permille", 0, PERMILLE),
        line.number("reorg-depth", 0, COUNT_MAX),
        line.number("drop-permille", 0, PERMILLE),
        line.number("stuck-permille", 0, PERMILLE),
        line.number("delay-permille", 0, PERMILLE),
        line.number("delay-blocks", 0, COUNT_MAX));
  }

  private C3bParameters c3b() throws PlanException {
    PlanLine line = line("c3b", 1, PlanForm.C3B);
    try {
      return new C3bParameters(
          line.number("window-bundles", 1, COUNT_MAX),
          line.longNumber("window-bytes", 1, Long.MAX_VALUE),
          line.number("phi-bits", 1, COUNT_MAX),
          line.number("quantum", 1, COUNT_MAX),
          line.number("tick-ms", 1, MILLIS_MAX),
          line.number("loss-timeout-initial-ms", 1, MILLIS_MAX),
          line.number("loss-timeout-min-ms", 1, MILLIS_MAX),
          line.number("loss-timeout-max-ms", 1, MILLIS_MAX),
          line.number("ack-interval-ms", 1, MILLIS_MAX),
          line.number("heartbeat-ms", 1, MILLIS_MAX),
          line.number("fetch-batch", 1, COUNT_MAX));
    } catch (IllegalArgumentException contradiction) {
      throw line.wrong(String.valueOf(contradiction.getMessage()));
    }
  }

  private NetPlan net() throws PlanException {
    PlanLine line = line("net", 1, PlanForm.NET);
    return new NetPlan(
        line.number("delay-ms", 0, MILLIS_MAX),
        line.number("jitter-ms", 0, MILLIS_MAX),
        line.number("loss-permille", 0, PERMILLE),
        line.number("duplicate-permille", 0, PERMILLE),
        line.yes("reorders"));
  }

  private MachinePlan machine() throws PlanException {
    PlanLine line = line("machine", 1, PlanForm.MACHINE);
    return new MachinePlan(
        line.number("lag-ms", 0, MILLIS_MAX),
        line.number("work-ms", 0, MILLIS_MAX),
        line.number("fsync-ms", 0, MILLIS_MAX),
        line.number("rpc-ms", 0, MILLIS_MAX),
        line.number("journal-commits", 1, MachinePlan.JOURNAL_COMMITS_MAX));
  }

  private TrafficPlan traffic() throws PlanException {
    PlanLine line = line("traffic", 1, PlanForm.TRAFFIC);
    return new TrafficPlan(
        line.number("transfers", 0, COUNT_MAX),
        line.number("gap-ms", 0, MILLIS_MAX),
        line.number("padding-bytes", 0, PADDING_BYTES_MAX),
        line.number("fail-permille", 0, PERMILLE),
        line.number("deadline-permille", 0, PERMILLE),
        line.number("probes", 0, COUNT_MAX));
  }

  // --- what goes wrong ---

  private static Fault fault(SimPlan plan, PlanLine line) throws PlanException {
    String kind = line.word(1, "a kind of fault");
    List<String> keys = new ArrayList<>(fieldsOf(line, kind));
    keys.addAll(List.of("from-ms", "to-ms"));
    line.require(2, keys);
    long from = line.longNumber("from-ms", 0, MILLIS_MAX);
    boolean isForEver = kind.equals("crash") && line.field("to-ms").equals(PlanForm.FOR_EVER);
    long to = isForEver ? Fault.FOR_EVER : line.longNumber("to-ms", from, MILLIS_MAX);
    return switch (kind) {
      case "crash" -> new Fault.Crash(node(plan, line, line.field("node")), from, to);
      case "disk-full" -> new Fault.DiskFull(node(plan, line, line.field("node")), from, to);
      case "disk-reads" -> new Fault.DiskReads(node(plan, line, line.field("node")), from, to);
      case "slow-links" ->
          new Fault.SlowLinks(
              node(plan, line, line.field("node")),
              line.number("extra-ms", 0, MILLIS_MAX),
              from,
              to);
      case "rpc" ->
          new Fault.Rpc(
              node(plan, line, line.field("node")),
              line.choice("kind", line.field("kind"), Fault.RpcKind.values()),
              from,
              to);
      case "chain-halt" -> new Fault.ChainHalt(side(line), from, to);
      default -> new Fault.Partition(group(plan, line), kind.equals("partition-one-way"), from, to);
    };
  }

  private static List<String> fieldsOf(PlanLine line, String kind) throws PlanException {
    return switch (kind) {
      case "crash", "disk-full", "disk-reads" -> List.of("node");
      case "slow-links" -> List.of("node", "extra-ms");
      case "rpc" -> List.of("node", "kind");
      case "chain-halt" -> List.of("side");
      case "partition", "partition-one-way" -> List.of("group");
      default ->
          throw line.wrong(
              "unknown fault \""
                  + kind
                  + "\", must be crash, disk-full, disk-reads, slow-links, rpc, chain-halt, partition or"
                  + " partition-one-way");
    };
  }

  private static int side(PlanLine line) throws PlanException {
    return switch (line.field("side")) {
      case "a" -> 0;
      case "b" -> 1;
      default -> throw line.wrong("side is \"" + line.field("side") + "\", must be a or b");
    };
  }

  private static Set<Integer> group(SimPlan plan, PlanLine line) throws PlanException {
    Set<Integer> group = new HashSet<>();
    if (!line.field("group").isEmpty()) {
      for (String name : line.field("group").split(",", -1)) {
        group.add(node(plan, line, name));
      }
    }
    return group;
  }

  private static Set<Act> acts(PlanLine line) throws PlanException {
    Set<Act> acts = EnumSet.noneOf(Act.class);
    for (String word : line.word(2, "acts").split(",", -1)) {
      acts.add(line.choice("act", word, Act.values()));
    }
    return acts;
  }

  private static int node(SimPlan plan, PlanLine line, String name) throws PlanException {
    for (int node = 0; node < plan.nodes(); node++) {
      if (plan.nameOf(node).equals(name)) {
        return node;
      }
    }
    throw line.wrong("no replica is called \"" + name + "\"");
  }
}
