package dev.mallard.config;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.wire.WireLimits;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the protocol's limits and times; relations between them are checked here, with the keys
 * that a person sees.
 */
final class C3bReader {
  private static final WireLimits WIRE = WireLimits.defaults();
  private static final int WINDOW_BUNDLES_MAX = 65_536;
  private static final long WINDOW_BYTES_MIN = 1L << 20;
  private static final long WINDOW_BYTES_MAX = 4L << 30;
  private static final int QUANTUM_MAX = 65_536;
  private static final int MILLIS_MAX = 3_600_000;

  private final ConfigFields fields;
  private boolean isSound = true;

  C3bReader(ConfigFields fields) {
    this.fields = fields;
  }

  Optional<C3bParameters> read() {
    C3bParameters normal = C3bParameters.defaults();
    int window = integer(ConfigKey.C3B_WINDOW_BUNDLES, WINDOW_BUNDLES_MAX, normal.windowBundles());
    long bytes =
        fields.number(
            ConfigKey.C3B_WINDOW_BYTES, WINDOW_BYTES_MIN, WINDOW_BYTES_MAX, normal.windowBytes());
    int phi =
        integer(ConfigKey.C3B_PHI_BITS, WIRE.phiBitsMax(), Math.min(window, normal.phiBits()));
    int quantum = integer(ConfigKey.C3B_QUANTUM, QUANTUM_MAX, normal.quantum());
    int tick = integer(ConfigKey.C3B_TICK_MILLIS, 1_000, normal.tickMillis());
    int first =
        integer(
            ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_INITIAL,
            MILLIS_MAX,
            normal.lossTimeoutMillisInitial());
    int least =
        integer(ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_MIN, MILLIS_MAX, normal.lossTimeoutMillisMin());
    int most =
        integer(ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_MAX, MILLIS_MAX, normal.lossTimeoutMillisMax());
    int ack = integer(ConfigKey.C3B_ACK_INTERVAL_MILLIS, 60_000, normal.ackIntervalMillis());
    int heartbeat = integer(ConfigKey.C3B_HEARTBEAT_MILLIS, MILLIS_MAX, normal.heartbeatMillis());
    int batch =
        integer(
            ConfigKey.C3B_FETCH_BATCH_BUNDLES,
            WIRE.fetchBundlesMax(),
            Math.min(window, normal.fetchBatchBundles()));
    noteUnless(
        phi <= window, ConfigKey.C3B_PHI_BITS, "at most", ConfigKey.C3B_WINDOW_BUNDLES, window);
    noteUnless(
        batch <= window,
        ConfigKey.C3B_FETCH_BATCH_BUNDLES,
        "at most",
        ConfigKey.C3B_WINDOW_BUNDLES,
        window);
    noteUnless(
        least <= first,
        ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_INITIAL,
        "at least",
        ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_MIN,
        least);
    noteUnless(
        first <= most,
        ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_MAX,
        "at least",
        ConfigKey.C3B_LOSS_TIMEOUT_MILLIS_INITIAL,
        first);
    noteUnless(
        ack <= heartbeat,
        ConfigKey.C3B_HEARTBEAT_MILLIS,
        "at least",
        ConfigKey.C3B_ACK_INTERVAL_MILLIS,
        ack);
    return isSound
        ? Optional.of(
            new C3bParameters(
                window, bytes, phi, quantum, tick, first, least, most, ack, heartbeat, batch))
        : Optional.empty();
  }

  private int integer(ConfigKey key, int max, int fallback) {
    return fields.integer(key, 1, max, fallback);
  }

  private void noteUnless(
      boolean holds, ConfigKey key, String relation, ConfigKey other, int bound) {
    if (!holds) {
      isSound = false;
      fields.note(
          key,
          String.format(Locale.ROOT, "make it %s %s, which is %d", relation, other.key(), bound));
    }
  }
}
