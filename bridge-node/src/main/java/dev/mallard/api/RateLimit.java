package dev.mallard.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A token bucket for each client address; the server's event loop only. */
final class RateLimit {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final ApiLimits limits;
  private final LongSupplier nanoClock;
  private final LinkedHashMap<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private record Bucket(long credit, long atNanos) {}

  RateLimit(ApiLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /** Takes one request of the client; false when it asks faster than the limit. */
  boolean isWithin(String client) {
    long now = nanoClock.getAsLong();
    long full = limits.requestsBurst() * NANOS_PER_SECOND;
    Bucket last = buckets.getOrDefault(client, new Bucket(full, now));
    long elapsed = Math.min(now - last.atNanos(), full);
    long credit = Math.min(full, last.credit() + elapsed * limits.requestsPerSecond());
    boolean isWithin = credit >= NANOS_PER_SECOND;
    buckets.put(client, new Bucket(isWithin ? credit - NANOS_PER_SECOND : credit, now));
    forgetOldest();
    return isWithin;
  }

  private void forgetOldest() {
    if (buckets.size() > limits.clientsMax()) {
      Map.Entry<String, Bucket> oldest = buckets.firstEntry();
      buckets.remove(oldest.getKey());
    }
  }

  int clients() {
    return buckets.size();
  }
}
