package dev.mallard.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.api.FakeNodeView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(mallard_[a-z0-9_]+)(\\{([a-z_]+=\"[^\"]*\",?)+})? -?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
  private static final long NOW_MILLIS = 1_700_000_007_000L;

  private final FakeNodeView view = new FakeNodeView();
  private final Timing timing = new Timing("mallard_test_reads", "Reads.");
  private final NodeMetrics metrics = new NodeMetrics(view, List.of(timing), () -> NOW_MILLIS);

  @Test
  void everyLineIsPrometheusTextAndEveryFamilyIsDeclaredOnce() {
    Set<String> declared = new HashSet<>();
    for (String line : metrics.scrape().split("\n", -1)) {
      Matcher sample = SAMPLE.matcher(line);
      if (line.startsWith("# TYPE ")) {
        assertTrue(declared.add(line.split(" ", -1)[2]), line);
      } else if (!line.startsWith("# HELP ") && !line.isEmpty()) {
        assertTrue(sample.matches(), line);
        assertTrue(declared.contains(sample.group(1)), line);
      }
    }
    assertTrue(declared.size() > 30, declared::toString);
  }

  @Test
  void theSamplesAreWhatTheNodePublishes() {
    timing.onDone(1_500_000_000L);
    String text = metrics.scrape();
    assertHas(text, "mallard_chain_head_age_seconds 7.0");
    assertHas(text, "mallard_chain_finalized_block 96");
    assertHas(text, "mallard_source_resends_total{stream=\"1-2\"} 1");
    assertHas(text, "mallard_peers_connected_stake_ratio{rsm=\"1\"} 0.75");
    assertHas(text, "mallard_peer_faults_total{peer=\"1/2\",fault=\"BAD_FRAME\"} 3");
    assertHas(text, "mallard_ready 1");
    assertHas(text, "mallard_test_reads_seconds_total 1.5");
    view.becomeSick();
    assertHas(metrics.scrape(), "mallard_ready 0");
    assertHas(metrics.scrape(), "mallard_health_ok{component=\"chain\"} 0");
  }

  @Test
  @Tag("G-7")
  void heldQuackedAndExecutedAreDifferentSeries() {
    String text = metrics.scrape();
    assertHas(text, "mallard_source_bundles_quacked_total{stream=\"1-2\"} 9");
    assertHas(text, "mallard_destination_bundles_held_total{stream=\"2-1\"} 7");
    assertHas(text, "mallard_destination_bundles_executed{stream=\"2-1\"} 6");
  }

  private static void assertHas(String text, String line) {
    assertTrue(text.contains("\n" + line + "\n"), () -> line + " is not in\n" + text);
  }

  @Test
  void labelsCannotBreakOutOfTheirQuotes() {
    String text =
        new PrometheusText().gauge("mallard_x", "x", 1, "url", "a\"} 1\nmallard_y 2\\").toString();
    assertFalse(text.contains("\nmallard_y"), text);
    assertTrue(text.contains("url=\"a\\\"} 1\\nmallard_y 2\\\\\""), text);
  }

  @Test
  @Tag("G-4")
  void aScrapeIsBoundedWhateverTheLabels() {
    PrometheusText text = new PrometheusText();
    for (int i = 0; i < 2 * PrometheusText.SAMPLES_MAX; i++) {
      text.gauge("mallard_x", "x", i, "label", "v" + i);
    }
    assertEquals(PrometheusText.SAMPLES_MAX + 3, text.toString().split("\n", -1).length);
  }

  @Test
  void wrongNamesAreBugs() {
    PrometheusText text = new PrometheusText();
    assertThrows(IllegalArgumentException.class, () -> text.counter("mallard_x", "x", 1));
    assertThrows(IllegalArgumentException.class, () -> text.gauge("other_x", "x", 1));
    text.gauge("mallard_a", "a", 1).gauge("mallard_b", "b", 1);
    assertThrows(IllegalArgumentException.class, () -> text.gauge("mallard_a", "a", 1));
  }
}
