package dev.mallard.testnet.demo;

import dev.mallard.testnet.localnet.NodeFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The figures of the running demo, for the progress view. */
final class FiguresText {
  private final TransferBook book;
  private final NodeWatch watch;

  FiguresText(TransferBook book, NodeWatch watch) {
    this.book = book;
    this.watch = watch;
  }

  /** A line on the transfers, one for each stream. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(transfers() + "; nodes " + nodes());
    for (String stream : watch.streams()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s  bundles built %d, certified %d, crossed %d, quacked %d, executed %d%s",
              stream,
              source(stream, NodeFigures.Source::built),
              source(stream, NodeFigures.Source::certified),
              watch.counts(stream).crossings(),
              source(stream, NodeFigures.Source::quacked),
              executed(stream),
              resends(stream)));
    }
    return lines;
  }

  /** The same in one line. */
  String summary() {
    StringBuilder line = new StringBuilder(transfers());
    line.append("; nodes ").append(nodes());
    for (String stream : watch.streams()) {
      line.append("; ")
          .append(stream)
          .append(" bundles ")
          .append(source(stream, NodeFigures.Source::built))
          .append(" quacked ")
          .append(source(stream, NodeFigures.Source::quacked))
          .append(" executed ")
          .append(executed(stream));
    }
    return line.toString();
  }

  private String transfers() {
    return String.format(
        Locale.ROOT,
        "transfers sent %d, executed %d, refunded %d",
        book.transfers().size(),
        book.count(TransferState.EXECUTED),
        book.count(TransferState.REFUNDED));
  }

  private String nodes() {
    long up = watch.nodes().stream().filter(NodeWatch.Watched::answers).count();
    return up + "/" + watch.nodes().size();
  }

  private String resends(String stream) {
    long resends = watch.counts(stream).resends();
    return resends == 0 ? "" : ", resends " + resends;
  }

  private long source(String stream, ToLongFunction<NodeFigures.Source> figure) {
    return watch.nodes().stream()
        .flatMap(node -> node.figures().flatMap(f -> f.source(stream)).stream())
        .mapToLong(figure)
        .max()
        .orElse(0);
  }

  private long executed(String stream) {
    return watch.nodes().stream()
        .flatMap(node -> node.figures().flatMap(f -> f.destination(stream)).stream())
        .mapToLong(NodeFigures.Destination::executed)
        .max()
        .orElse(0);
  }
}
