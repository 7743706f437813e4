package dev.mallard.testnet.sim.worlds;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A state of one replica, reached by the shortest way that was found first: a state before it and
 * what happened then.
 */
final class LocalState {
  private static final int STEPS_FIRST = 8;

  private final int id;
  private final Outlook outlook;
  private final @Nullable LocalState before;
  private final int input;
  private volatile @Nullable LocalStep[] steps = new @Nullable LocalStep[STEPS_FIRST];

  LocalState(int id, Outlook outlook, @Nullable LocalState before, int input) {
    this.id = id;
    this.outlook = outlook;
    this.before = before;
    this.input = input;
  }

  int id() {
    return id;
  }

  Outlook outlook() {
    return outlook;
  }

  /** The state before this one on the way that was found first; null for the initial one. */
  @Nullable LocalState before() {
    return before;
  }

  /** What happened then. */
  int input() {
    return input;
  }

  /** What an input leads to, if that was asked before. */
  @Nullable LocalStep step(int happening) {
    @Nullable LocalStep[] known = steps;
    return happening < known.length ? known[happening] : null;
  }

  /** Above the number of any input that was asked. */
  int inputs() {
    return steps.length;
  }

  /** Remembers what an input leads to. Called under the machine's lock. */
  void learn(int happening, LocalStep step) {
    @Nullable LocalStep[] known = steps;
    @Nullable LocalStep[] more =
        Arrays.copyOf(known, Math.max(known.length, happening + STEPS_FIRST));
    more[happening] = step;
    steps = more;
  }
}
