package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.chain.ChainProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A plan as text, for a file that keeps a failing case; {@link PlanReader} reads it. One line a
 * subject: its name, then {@code key=value} fields; {@code #} begins a comment.
 */
public final class PlanText {
  private final SimPlan plan;
  private final StringBuilder text = new StringBuilder();

  private PlanText(SimPlan plan) {
    this.plan = plan;
  }

  /** Writes a plan; reading the text gives the same plan. */
  public static String of(SimPlan plan) {
    return new PlanText(plan).write();
  }

  private String write() {
    text.append(PlanForm.FIRST_LINE).append('\n');
    text.append("seed ").append(plan.seed()).append('\n');
    for (int side = 0; side < 2; side++) {
      side(side);
    }
    C3bParameters c3b = plan.c3b();
    line(
        "c3b",
        PlanForm.C3B,
        List.of(
            c3b.windowBundles(),
            c3b.windowBytes(),
            c3b.phiBits(),
            c3b.quantum(),
            c3b.tickMillis(),
            c3b.lossTimeoutMillisInitial(),
            c3b.lossTimeoutMillisMin(),
            c3b.lossTimeoutMillisMax(),
            c3b.ackIntervalMillis(),
            c3b.heartbeatMillis(),
            c3b.fetchBatchBundles()));
    line("node", PlanForm.NODE, List.of(plan.takeoverBlocks(), plan.retentionBundles()));
    surroundings();
    text.append("healed ").append(plan.healAtMillis()).append('\n');
    plan.faults().forEach(this::fault);
    new TreeMap<>(plan.liars())
        .forEach((node, acts) ->
            text.append("liar ")
                .append(plan.nameOf(node))
                .append(' ')
                .append(acts.stream().sorted().map(PlanForm::word).collect(Collectors.joining(",")))
                .append('\n'));
    return text.toString();
  }

  private void side(int side) {
    String name = side == 0 ? "a" : "b";
    StakeTable table = plan.sides().get(side).table();
    String stakes =
        table.stakes().stream()
            .map(stake -> stake.units().toString())
            .collect(Collectors.joining(","));
    line(
        "side " + name,
        PlanForm.SIDE,
        List.of(stakes, table.faultModel().u().units(), table.faultModel().r().units()));
    ChainProfile chain = plan.sides().get(side).chain();
    line(
        "chain " + name,
        PlanForm.CHAIN,
        List.of(
            chain.blockMillis(),
            chain.finalityBlocks(),
            chain.reorgPerMille(),
            chain.reorgDepthMax(),
            chain.dropPerMille(),
            chain.stuckPerMille(),
            chain.delayPerMille(),
            chain.delayBlocksMax()));
  }

  private void surroundings() {
    NetPlan net = plan.net();
    line(
        "net",
        PlanForm.NET,
        List.of(
            net.delayMillis(),
            net.jitterMillis(),
            net.lossPermille(),
            net.duplicatePermille(),
            net.isReordering() ? "yes" : "no"));
    MachinePlan machine = plan.machine();
    line(
        "machine",
        PlanForm.MACHINE,
        List.of(
            machine.lagMillis(),
            machine.workMillis(),
            machine.fsyncMillis(),
            machine.rpcMillis(),
            machine.journalCommits()));
    TrafficPlan traffic = plan.traffic();
    line(
        "traffic",
        PlanForm.TRAFFIC,
        List.of(
            traffic.transfers(),
            traffic.gapMillis(),
            traffic.paddingBytesMax(),
            traffic.failPermille(),
            traffic.deadlinePermille(),
            traffic.probes()));
  }

  private void fault(Fault fault) {
    text.append("fault ")
        .append(
            switch (fault) {
              case Fault.Crash crash -> "crash node=" + plan.nameOf(crash.node());
              case Fault.Partition cut ->
                  (cut.isOneWay() ? "partition-one-way group=" : "partition group=") + group(cut);
              case Fault.SlowLinks slow ->
                  "slow-links node=" + plan.nameOf(slow.node()) + " extra-ms=" + slow.extraMillis();
              case Fault.Rpc rpc ->
                  "rpc node=" + plan.nameOf(rpc.node()) + " kind=" + PlanForm.word(rpc.kind());
              case Fault.ChainHalt halt -> "chain-halt side=" + (halt.side() == 0 ? "a" : "b");
              case Fault.DiskFull full -> "disk-full node=" + plan.nameOf(full.node());
              case Fault.DiskReads reads -> "disk-reads node=" + plan.nameOf(reads.node());
            })
        .append(" from-ms=")
        .append(fault.from())
        .append(" to-ms=")
        .append(fault.to() == Fault.FOR_EVER ? PlanForm.FOR_EVER : Long.toString(fault.to()))
        .append('\n');
  }

  private String group(Fault.Partition cut) {
    return cut.group().stream().sorted().map(plan::nameOf).collect(Collectors.joining(","));
  }

  private void line(String subject, List<String> keys, List<Object> values) {
    List<String> fields = new ArrayList<>();
    IntStream.range(0, keys.size()).forEach(i -> fields.add(keys.get(i) + "=" + values.get(i)));
    text.append(subject).append(' ').append(String.join(" ", fields)).append('\n');
  }
}
