package dev.mallard.testnet.sim.scale;

import java.util.ArrayList;
import java.util.List;

/** All that one state machine was given in a run, to be given to another one again. */
final class Recording<I> {
  /** An input and the virtual time it came at. */
  record Entry<I>(long at, I input) {}

  private final List<Entry<I>> entries = new ArrayList<>();

  void add(long now, List<I> inputs) {
    inputs.forEach(input -> entries.add(new Entry<>(now, input)));
  }

  List<Entry<I>> entries() {
    return entries;
  }
}
