package dev.mallard.testnet.sim.scale;

import dev.mallard.testnet.demo.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as people read it. */
final class ScaleText {
  private ScaleText() {}

  static String of(ScaleReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("Per bundle, over the wire (a bundle a second; bytes without entries):");
    lines.addAll(wire(report).lines());
    if (report.rows().stream().anyMatch(ScaleRow::isMeasured)) {
      lines.add("");
      lines.add("Core time, and memory of one replica (all replicas of a run share one process):");
      lines.addAll(core(report).lines());
      lines.add("");
      lines.add("Nanoseconds per input of one replica alone:");
      lines.addAll(inputs(report).lines());
    }
    return String.join("\n", lines) + "\n";
  }

  private static TextTable wire(ScaleReport report) {
    TextTable table =
        new TextTable(
            List.of(
                "replicas",
                "stake",
                "crashed",
                "bundles",
                "crossings",
                "resends",
                "needless",
                "round max",
                "copies",
                "acks",
                "announces",
                "control",
                "a replica",
                "held p50",
                "held max"));
    for (ScaleRow row : report.rows()) {
      ScaleRow.Counts counts = row.counts();
      table.row(
          List.of(
              Integer.toString(row.size()),
              row.stakes().label(),
              number("%.1f %%", row.crashedPermille() / 10.0),
              Integer.toString(row.bundles()),
              number("%.3f", row.perBundle(counts.crossings())),
              number("%.3f", row.perBundle(counts.resends())),
              Long.toString(counts.needlessResends()),
              counts.roundMax() + " of " + (counts.pairsMax() - 1),
              number("%.0f", row.perBundle(counts.localCopies())),
              number("%.0f", row.perBundle(counts.messages().getOrDefault("ack", 0L))),
              number("%.1f", row.perBundle(counts.messages().getOrDefault("announce", 0L))),
              bytes(row.perBundle(counts.controlBytes())),
              bytes(row.controlBytesPerReplica()),
              counts.heldMillis() + " ms",
              counts.heldMillisMax() + " ms"));
    }
    return table;
  }

  private static TextTable core(ScaleReport report) {
    TextTable table =
        new TextTable(
            List.of(
                "replicas",
                "stake",
                "crashed",
                "us/bundle",
                "us/bundle/replica",
                "certify ns/in",
                "send ns/in",
                "receive ns/in",
                "certifier",
                "sender",
                "receiver",
                "run"));
    for (ScaleRow row : report.rows()) {
      ScaleRow.Measured measured = row.measured();
      ScaleRow.Counts counts = row.counts();
      table.row(
          List.of(
              Integer.toString(row.size()),
              row.stakes().label(),
              number("%.1f %%", row.crashedPermille() / 10.0),
              number("%.0f", row.perBundle(measured.coreNanos()) / 1_000),
              number("%.1f", row.coreMicrosPerReplica()),
              number("%.0f", (double) measured.certifierNanos() / counts.certifierInputs()),
              number("%.0f", (double) measured.senderNanos() / counts.senderInputs()),
              number("%.0f", (double) measured.receiverNanos() / counts.receiverInputs()),
              bytes((double) measured.certifierBytes()),
              bytes((double) measured.senderBytes()),
              bytes((double) measured.receiverBytes()),
              number("%.1f s", measured.runMillis() / 1e3)));
    }
    return table;
  }

  private static TextTable inputs(ScaleReport report) {
    List<String> kinds =
        report.rows().stream()
            .flatMap(row -> row.measured().inputNanos().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> head = new ArrayList<>(List.of("replicas", "stake", "crashed"));
    kinds.forEach(kind -> head.add(kind.substring(kind.indexOf('.') + 1)));
    TextTable table = new TextTable(head);
    for (ScaleRow row : report.rows()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  Integer.toString(row.size()),
                  row.stakes().label(),
                  number("%.1f %%", row.crashedPermille() / 10.0)));
      for (String kind : kinds) {
        Long nanos = row.measured().inputNanos().get(kind);
        cells.add(nanos == null ? "-" : nanos.toString());
      }
      table.row(cells);
    }
    return table;
  }

  private static String bytes(double bytes) {
    return bytes < 10_000
        ? number("%.0f B", bytes)
        : bytes < 10_000_000 ? number("%.0f kB", bytes / 1e3) : number("%.0f MB", bytes / 1e6);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
