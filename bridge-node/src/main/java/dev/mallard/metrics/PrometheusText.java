package dev.mallard.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes Prometheus' text format 0.0.4. Samples of one name are written one after another; at most
 * {@link #SAMPLES_MAX} of them are kept, so that no label can grow a scrape without bound ([G-4]).
 */
public final class PrometheusText {
  /** Samples of one scrape at the most. */
  public static final int SAMPLES_MAX = 5_000;

  private static final Pattern NAME = Pattern.compile("mallard_[a-z0-9_]+");
  private static final Pattern LABEL = Pattern.compile("[a-z_]+");

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> types = new HashMap<>();
  private String current = "";
  private int samples;

  /**
   * A value that only grows while the process lives.
   *
   * @param name ends in {@code _total}
   * @param labels names and values in turn
   */
  public PrometheusText counter(String name, String help, long value, String... labels) {
    return counterText(name, help, Long.toString(value), labels);
  }

  /** As above, for seconds. */
  public PrometheusText counter(String name, String help, double value, String... labels) {
    return counterText(name, help, Double.toString(value), labels);
  }

  private PrometheusText counterText(String name, String help, String value, String... labels) {
    if (!name.endsWith("_total")) {
      throw new IllegalArgumentException("a counter's name ends in _total, got " + name);
    }
    return sample(name, "counter", help, value, labels);
  }

  /**
   * A value that goes up and down.
   *
   * @param labels names and values in turn
   */
  public PrometheusText gauge(String name, String help, long value, String... labels) {
    return sample(name, "gauge", help, Long.toString(value), labels);
  }

  /** As above, for seconds and ratios. */
  public PrometheusText gauge(String name, String help, double value, String... labels) {
    return sample(name, "gauge", help, Double.toString(value), labels);
  }

  private PrometheusText sample(
      String name, String type, String help, String value, String... labels) {
    if (!NAME.matcher(name).matches() || labels.length % 2 != 0) {
      throw new IllegalArgumentException("no name or labels for Prometheus: " + name);
    }
    if (!name.equals(current)) {
      startFamily(name, type, help);
    }
    if (samples < SAMPLES_MAX) {
      samples++;
      text.append(name).append(labels(labels)).append(' ').append(value).append('\n');
    }
    return this;
  }

  private void startFamily(String name, String type, String help) {
    if (types.put(name, type) != null) {
      throw new IllegalArgumentException("samples of " + name + " are not written together");
    }
    current = name;
    text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String labels(String... labels) {
    if (labels.length == 0) {
      return "";
    }
    StringBuilder all = new StringBuilder("{");
    for (int i = 0; i < labels.length; i += 2) {
      if (!LABEL.matcher(labels[i]).matches()) {
        throw new IllegalArgumentException("no label name for Prometheus: " + labels[i]);
      }
      all.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
      all.append(escaped(labels[i + 1]).replace("\"", "\\\"")).append('"');
    }
    return all.append('}').toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
