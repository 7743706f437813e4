package dev.mallard.c3b.harness;

import java.util.List;

/** One core with its surroundings, driven by numbers that stand for what happens to it. */
public interface Probe {
  /**
   * Something happens.
   *
   * @param event draws what it is
   * @return what the core wants done about it, as far as equal states must agree in it
   */
  List<Object> take(long event);

  /** The core's description of its state, and what is under way between it and others. */
  List<Object> describe();
}
