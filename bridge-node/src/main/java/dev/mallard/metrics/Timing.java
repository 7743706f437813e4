package dev.mallard.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How often something was done and how long it took in all; any thread. */
public final class Timing implements MetricSource {
  private final String name;
  private final String help;
  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /**
   * @param name begins with {@code mallard_}; {@code _total} and {@code _seconds_total} are
   *     appended
   */
  public Timing(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /** It was done once more, in {@code elapsedNanos}. */
  public void onDone(long elapsedNanos) {
    count.increment();
    nanos.add(elapsedNanos);
  }

  @Override
  public void writeTo(PrometheusText text) {
    text.counter(name + "_total", help, count.sum());
    text.counter(name + "_seconds_total", help + " Seconds spent.", nanos.sum() / 1e9);
  }
}
