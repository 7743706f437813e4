package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.Collection;
import java.util.Iterator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How replicas, streams and numbers are called in a story. */
final class Names {
  private static final long SEQUENCE_SHOWN_MAX = 1_000_000;

  private final SimPlan plan;

  Names(SimPlan plan) {
    this.plan = plan;
  }

  /** {@code a0}, {@code b3!} for a liar, {@code chain a}. */
  String of(int node) {
    if (node >= 0) {
      return plan.nameOf(node) + (isLiar(node) ? "!" : "");
    }
    return node == Story.NOBODY ? "" : "chain " + (node == Story.chain(0) ? "a" : "b");
  }

  boolean isLiar(int node) {
    return plan.liars().containsKey(node);
  }

  /** Names in order of nodes. */
  String of(Collection<Integer> nodes) {
    return nodes.stream().sorted().map(this::of).collect(Collectors.joining(" "));
  }

  /** The stream whose source is a side. */
  static String stream(int side) {
    return side == 0 ? "a-b" : "b-a";
  }

  /** The stream that a message of a kind is about, by its sender. */
  String streamOf(Story.Kind kind, int from) {
    int side = plan.sideOf(from);
    return switch (kind) {
      case LOCAL_COPY, ACK, FETCH, HELD -> stream(1 - side);
      default -> stream(side);
    };
  }

  /** {@code 3-5 8}. */
  static String ranges(Collection<Long> numbers) {
    SortedSet<Long> sorted = new TreeSet<>(numbers);
    StringBuilder text = new StringBuilder();
    Iterator<Long> rest = sorted.iterator();
    long first = rest.next();
    long last = first;
    while (rest.hasNext()) {
      long next = rest.next();
      if (next != last + 1) {
        append(text, first, last).append(' ');
        first = next;
      }
      last = next;
    }
    return append(text, first, last).toString();
  }

  private static StringBuilder append(StringBuilder text, long first, long last) {
    text.append(number(first));
    return last == first ? text : text.append('-').append(number(last));
  }

  /** A number as liars may make it up: cut when it says nothing. */
  static String number(long sequence) {
    return sequence < 0 || sequence > SEQUENCE_SHOWN_MAX ? "(absurd)" : Long.toString(sequence);
  }
}
