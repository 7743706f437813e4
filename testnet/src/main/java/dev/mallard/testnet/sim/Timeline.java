package dev.mallard.testnet.sim;

import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order of time, and of scheduling where times are equal. */
public final class Timeline {
  private record Due(long at, long order, Runnable event) implements Comparable<Due> {
    @Override
    public int compareTo(Due that) {
      int byTime = Long.compare(at, that.at);
      return byTime != 0 ? byTime : Long.compare(order, that.order);
    }
  }

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long now;
  private long order;

  /** Milliseconds since the run began. */
  public long now() {
    return now;
  }

  /** Lets something happen after a while. */
  public void after(long delayMillis, Runnable event) {
    queue.add(new Due(now + delayMillis, order++, event));
  }

  /** Goes on to the next event up to a time; false if there is none. */
  public boolean advance(long untilMillis) {
    Due due = queue.peek();
    if (due == null || due.at() > untilMillis) {
      now = untilMillis;
      return false;
    }
    queue.remove();
    now = due.at();
    due.event().run();
    return true;
  }
}
