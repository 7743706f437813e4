package dev.mallard.testnet.sim.story;

import java.util.Locale;

/** Virtual time as it is written: seconds with thousandths. */
final class Clock {
  private static final int MILLIS = 1_000;

  private Clock() {}

  static String of(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / MILLIS, millis % MILLIS);
  }
}
