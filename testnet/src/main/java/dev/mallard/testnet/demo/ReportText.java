package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.Settled.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report as people read it. */
public final class ReportText {
  private static final double MILLIS = 1000.0;
  private static final List<Stage> STAGES =
      List.of(
          Stage.FINALIZED,
          Stage.CERTIFIED,
          Stage.CROSSED,
          Stage.QUACKED,
          Stage.EXECUTED,
          Stage.RECEIPT);

  private final DemoReport report;

  private ReportText(DemoReport report) {
    this.report = report;
  }

  /** The lines. */
  public static List<String> of(DemoReport report) {
    ReportText text = new ReportText(report);
    List<String> lines = new ArrayList<>();
    lines.add("Transfers (seconds after sent)");
    lines.addAll(text.transfers());
    lines.add("");
    lines.add("Totals");
    lines.addAll(text.totals());
    lines.add("");
    lines.add("Nodes");
    lines.addAll(text.nodes());
    lines.add("");
    lines.add("Checks");
    report.checks().forEach(check -> lines.add(line(check)));
    return lines;
  }

  private static String line(Check check) {
    return String.format(
        Locale.ROOT,
        "  %-8s  %s: %s",
        check.held() ? "held" : "NOT HELD",
        check.name(),
        check.detail());
  }

  private List<String> transfers() {
    TextTable table =
        new TextTable(
            List.of(
                "id",
                "direction",
                "what",
                "amount",
                "state",
                "sent",
                "finalized",
                "certified",
                "crossed",
                "quacked",
                "executed",
                "receipt"));
    long begin =
        report.evidence().transfers().stream()
            .mapToLong(settled -> settled.transfer().sentMillis())
            .min()
            .orElse(0);
    for (Settled settled : report.evidence().transfers()) {
      table.row(row(settled, begin));
    }
    return table.lines();
  }

  private static List<String> row(Settled settled, long begin) {
    Transfer transfer = settled.transfer();
    long sent = settled.stages().getOrDefault(Stage.SENT, transfer.sentMillis());
    List<String> cells = new ArrayList<>();
    cells.add(transfer.id());
    cells.add(transfer.stream().source() + " -> " + transfer.stream().destination());
    cells.add(transfer.asset().label());
    cells.add(transfer.amount().toString());
    cells.add(settled.state().toString().toLowerCase(Locale.ROOT));
    cells.add("at " + seconds(sent - begin));
    for (Stage stage : STAGES) {
      cells.add(after(settled.stages().get(stage), sent));
    }
    return cells;
  }

  private static String after(@Nullable Long reached, long sent) {
    return reached == null ? "-" : seconds(reached - sent);
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / MILLIS);
  }

  private List<String> totals() {
    Evidence evidence = report.evidence();
    BundleCounts bundles = evidence.all();
    Latencies fromFinal = report.finalizedToExecuted();
    Latencies fromSent = report.sentToExecuted();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  transfers   %d sent, %d executed, %d refunded, %d lost, %d duplicated",
            evidence.transfers().size(),
            report.count(TransferState.EXECUTED),
            report.count(TransferState.REFUNDED),
            Checks.lost(evidence).size(),
            Checks.duplicated(evidence).size()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  bundles     %d, %d crossings%s, %d resends",
            bundles.count(),
            bundles.crossings(),
            bundles.crossings() < bundles.count() ? " (the others fell to a killed node)" : "",
            bundles.resends()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  deliveries  %d transactions, %d failed",
            report.deliveries(true),
            report.deliveries(false)));
    lines.add(
        String.format(
            Locale.ROOT,
            "  latency     finalized to executed p50 %s s, p99 %s s; sent to executed p50 %s s, p99 %s s",
            seconds(fromFinal.p50()),
            seconds(fromFinal.p99()),
            seconds(fromSent.p50()),
            seconds(fromSent.p99())));
    StringBuilder phases = new StringBuilder("  time        ");
    String separator = "";
    for (Map.Entry<String, Long> phase : report.phaseMillis().entrySet()) {
      phases.append(separator).append(phase.getKey()).append(' ').append(seconds(phase.getValue()));
      phases.append(" s");
      separator = ", ";
    }
    lines.add(phases.toString());
    return lines;
  }

  private List<String> nodes() {
    TextTable table = new TextTable(List.of("node", "REST", "ready", "killed", "memory", "cpu"));
    for (NodeEvidence node : report.evidence().nodes()) {
      table.row(
          List.of(
              node.name(),
              node.restUrl(),
              node.ready() ? "yes" : "no: " + node.unready(),
              killed(node),
              node.rssMiB() < 0 ? "-" : node.rssMiB() + " MiB",
              node.cpuSeconds() < 0
                  ? "-"
                  : String.format(Locale.ROOT, "%.1f s", node.cpuSeconds())));
    }
    return table.lines();
  }

  private static String killed(NodeEvidence node) {
    if (!node.killed()) {
      return "";
    }
    return node.caughtUp() ? "yes, caught up" : "yes, BEHIND";
  }
}
