package dev.mallard.testnet.sim.scale;

import dev.mallard.testnet.sim.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is on its way to one state machine. Delays are whole steps of {@link #STEP_MILLIS}, so that
 * what arrives together is handed over together: a million messages are thousands of events.
 */
final class Postbox<I> {
  /** Between local peers, and for signatures, checks and the disk. */
  static final int STEP_MILLIS = 10;

  private static final int SLOTS = 8;

  private final Timeline timeline;
  private final Consumer<List<I>> reader;
  private final List<List<I>> slots = new ArrayList<>();

  /**
   * @param reader takes all that arrives at one time; it may post, and keeps nothing of the list
   */
  Postbox(Timeline timeline, Consumer<List<I>> reader) {
    this.timeline = timeline;
    this.reader = reader;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
  }

  /**
   * Posts.
   *
   * @param steps of delay, 1 to below {@code SLOTS}
   */
  void post(I input, int steps) {
    int slot = (int) ((timeline.now() / STEP_MILLIS + steps) % SLOTS);
    List<I> batch = slots.get(slot);
    if (batch.isEmpty()) {
      timeline.after((long) steps * STEP_MILLIS, () -> read(slot));
    }
    batch.add(input);
  }

  private void read(int slot) {
    List<I> batch = slots.get(slot);
    reader.accept(batch);
    batch.clear();
  }
}
