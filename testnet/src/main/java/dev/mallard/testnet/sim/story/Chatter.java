package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Frequent messages as counts per span of time: all together, and what each liar made of them. */
final class Chatter {
  private static final long SPANS_MAX = 24;
  private static final long SPAN_MILLIS_MIN = 1_000;

  private record Count(Story.Kind kind, Story.Fate fate) implements Comparable<Count> {
    @Override
    public int compareTo(Count that) {
      int byKind = kind.compareTo(that.kind);
      return byKind != 0 ? byKind : fate.compareTo(that.fate);
    }
  }

  private record Lied(Story.Lie lie, Story.Kind kind) implements Comparable<Lied> {
    @Override
    public int compareTo(Lied that) {
      int byLie = lie.compareTo(that.lie);
      return byLie != 0 ? byLie : kind.compareTo(that.kind);
    }
  }

  private static final class Span {
    final Map<Count, Integer> counts = new TreeMap<>();
    final Map<Integer, Map<Lied, Integer>> lies = new TreeMap<>();
  }

  private final Names names;
  private final long spanMillis;
  private final TreeMap<Long, Span> spans = new TreeMap<>();

  Chatter(Names names, long endMillis) {
    this.names = names;
    long seconds = 1 + endMillis / SPANS_MAX / 1_000;
    this.spanMillis = Math.max(SPAN_MILLIS_MIN, seconds * 1_000);
  }

  void on(Story.Event event) {
    Span span = spans.computeIfAbsent(event.at() / spanMillis, ignored -> new Span());
    if (event.lie() == Story.Lie.NONE) {
      span.counts.merge(new Count(event.kind(), event.fate()), 1, Integer::sum);
    } else if (event.fate() != Story.Fate.DUPLICATE) {
      span.lies
          .computeIfAbsent(event.node(), ignored -> new TreeMap<>())
          .merge(new Lied(event.lie(), event.kind()), 1, Integer::sum);
    }
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    spans.forEach((number, span) -> {
      long end = (number + 1) * spanMillis;
      String since = String.format(Locale.ROOT, "in %d s: ", spanMillis / 1_000);
      span.lies.forEach((liar, lies) ->
          lines.add(
              new Line(end, Long.MAX_VALUE - 1, names.of(liar), since + "lies: " + lies(lies))));
      if (!span.counts.isEmpty()) {
        lines.add(new Line(end, Long.MAX_VALUE, "", since + counts(span.counts)));
      }
    });
    return lines;
  }

  private static String counts(Map<Count, Integer> counts) {
    Map<Story.Kind, Integer> totals = new TreeMap<>();
    Map<Story.Kind, StringBuilder> troubles = new TreeMap<>();
    counts.forEach((count, times) -> {
      boolean isExtra = count.fate() == Story.Fate.ENDED || count.fate() == Story.Fate.DUPLICATE;
      totals.merge(count.kind(), isExtra ? 0 : times, Integer::sum);
      if (count.fate() != Story.Fate.ARRIVES) {
        StringBuilder text = troubles.computeIfAbsent(count.kind(), k -> new StringBuilder());
        text.append(text.isEmpty() ? " (" : ", ").append(times).append(' ');
        text.append(Words.of(count.fate()));
      }
    });
    List<String> parts = new ArrayList<>();
    totals.forEach((kind, total) -> {
      StringBuilder trouble = troubles.get(kind);
      parts.add(Words.many(total, kind) + (trouble == null ? "" : trouble + ")"));
    });
    return String.join(", ", parts);
  }

  private static String lies(Map<Lied, Integer> lies) {
    List<String> parts = new ArrayList<>();
    lies.forEach(
        (lied, times) -> parts.add(Words.many(times, lied.kind()) + " " + Words.of(lied.lie())));
    return String.join(", ", parts);
  }
}
