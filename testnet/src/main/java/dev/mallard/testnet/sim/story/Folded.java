package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.ArrayList;
import java.util.List;

/** The events of a run as lines that a person reads: each bundle's steps, and chatter as counts. */
final class Folded {
  private final SimPlan plan;
  private final Names names;
  private final Gatherer gatherer;
  private final Crossings crossings;
  private final Chatter chatter;
  private final List<Line> lines = new ArrayList<>();

  Folded(SimPlan plan, long endMillis) {
    this.plan = plan;
    this.names = new Names(plan);
    this.gatherer = new Gatherer(plan, names);
    this.crossings = new Crossings(plan, names);
    this.chatter = new Chatter(names, endMillis);
  }

  List<Line> lines(List<Story.Event> events) {
    events.forEach(this::on);
    int told = lines.size();
    lines.addAll(crossings.lines(told));
    lines.addAll(gatherer.lines(lines.size()));
    lines.addAll(chatter.lines());
    lines.sort(null);
    return lines;
  }

  private void on(Story.Event event) {
    if (event.lie() != Story.Lie.NONE) {
      chatter.on(event);
      return;
    }
    switch (event.kind()) {
      case CROSSING -> crossings.on(event);
      case LOCAL_COPY, ACK, ATTESTATION, CERTIFICATE, ANNOUNCEMENT, FETCH -> chatter.on(event);
      case HELD, CERTIFIED, QUACKED, STARTS -> gatherer.on(event);
      case BLOCK -> {
        if (!event.text().isEmpty()) {
          add(event, Sentences.of(plan, event));
        }
      }
      default -> add(event, Sentences.of(plan, event));
    }
  }

  private void add(Story.Event event, String what) {
    lines.add(new Line(event.at(), lines.size(), names.of(event.node()), what));
  }
}
