package dev.mallard.testnet.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Virtual time: what is to happen, in order of time, and of scheduling where times are equal. What
 * is near lies in a ring of milliseconds, since nearly everything is; only the rest is sorted.
 */
public final class Timeline {
  /** A power of two. */
  private static final int NEAR_MILLIS = 1024;

  private record Due(long at, long order, Runnable event) implements Comparable<Due> {
    @Override
    public int compareTo(Due that) {
      int byTime = Long.compare(at, that.at);
      return byTime != 0 ? byTime : Long.compare(order, that.order);
    }
  }

  private final List<ArrayDeque<Runnable>> near = new ArrayList<>(NEAR_MILLIS);
  private final PriorityQueue<Due> far = new PriorityQueue<>();
  private int nearCount;
  private long now;
  private long order;

  /** Nothing is to happen yet. */
  public Timeline() {
    for (int i = 0; i < NEAR_MILLIS; i++) {
      near.add(new ArrayDeque<>(1));
    }
  }

  /** Milliseconds since the run began. */
  public long now() {
    return now;
  }

  /** Lets something happen after a while, which is not negative. */
  public void after(long delayMillis, Runnable event) {
    if (delayMillis < 0) {
      throw new IllegalArgumentException("an event " + -delayMillis + " ms ago");
    }
    if (delayMillis < NEAR_MILLIS) {
      nearAt(now + delayMillis).add(event);
      nearCount++;
    } else {
      far.add(new Due(now + delayMillis, order++, event));
    }
  }

  /** Goes on to the next event up to a time; false if there is none. */
  public boolean advance(long untilMillis) {
    Due first = far.peek();
    long farAt = first == null ? Long.MAX_VALUE : first.at();
    long next = nearCount == 0 ? farAt : Math.min(farAt, firstNear(Math.min(farAt, untilMillis)));
    if (next > untilMillis) {
      now = Math.max(now, untilMillis);
      return false;
    }
    now = next;
    if (farAt == next) { // scheduled before anything near was: its turn comes first
      far.remove().event().run();
    } else {
      nearCount--;
      nearAt(next).remove().run();
    }
    return true;
  }

  /** When the first near event is due; later than {@code last} if it is not until then. */
  private long firstNear(long last) {
    long at = now;
    while (at <= last && nearAt(at).isEmpty()) {
      at++;
    }
    return at;
  }

  private ArrayDeque<Runnable> nearAt(long at) {
    return near.get((int) at & (NEAR_MILLIS - 1));
  }
}
