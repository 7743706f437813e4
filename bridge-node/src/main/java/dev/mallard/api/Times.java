package dev.mallard.api;

import java.time.DateTimeException;
import java.time.Instant;

/** Moments as text. */
final class Times {
  private Times() {}

  static String ofMillis(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** A chain's or a stranger's seconds: any number may stand there. */
  static String ofSeconds(long seconds) {
    try {
      return Instant.ofEpochSecond(seconds).toString();
    } catch (DateTimeException beyondAllCalendars) {
      return Instant.MAX.toString();
    }
  }
}
