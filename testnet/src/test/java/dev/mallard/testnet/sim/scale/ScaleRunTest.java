package dev.mallard.testnet.sim.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ScaleRunTest {
  private static final List<ScaleStakes> ALL = List.of(ScaleStakes.values());

  private static ScaleReport run(
      List<Integer> sizes, List<ScaleStakes> stakes, int crashedPercent, int bundles) {
    ScaleOptions options =
        new ScaleOptions(sizes, stakes, List.of(crashedPercent), bundles, Long.MAX_VALUE, false);
    return ScaleRun.run(options, new PrintWriter(Writer.nullWriter()));
  }

  @Test
  @Tag("G-5")
  void withoutFaultsABundleCrossesOnceAndIsCopiedOnceToEachReplica() {
    for (ScaleRow row : run(List.of(4, 10), ALL, 0, 30).rows()) {
      assertEquals(30, row.counts().crossings());
      assertEquals(0, row.counts().resends());
      assertEquals(30L * (row.size() - 1), row.counts().localCopies());
    }
  }

  @Test
  @Tag("G-5")
  @Tag("ACK-2")
  void controlMessagesOfABundleAreOneForEachPair() {
    for (ScaleRow row : run(List.of(4, 10), ALL, 0, 30).rows()) {
      long pairs = (long) row.size() * row.size();
      long acks = row.counts().messages().get("ack");
      // A sweep for each bundle and the first one; and its sender's question is answered at once.
      assertTrue(acks >= 30 * pairs && acks <= 31 * pairs + 30, () -> "acks " + acks);
      assertEquals(30 * (pairs - row.size()), row.counts().messages().get("attestation"));
      assertEquals(0, row.counts().messages().get("announce"));
      assertEquals(0, row.counts().messages().get("certificate"));
      assertEquals(0, row.counts().messages().get("fetch"));
    }
  }

  @Test
  @Tag("SCHED-3")
  @Tag("G-2")
  void withStakeCrashedEverythingArrivesAndResendsStayWithinTheWalk() {
    for (ScaleRow row : run(List.of(4, 10), ALL, 33, 60).rows()) {
      assertTrue(row.counts().resends() > 0, "nothing was lost: " + row);
      assertTrue(row.counts().roundMax() < row.counts().pairsMax(), row::toString);
      assertTrue(row.counts().resends() <= 60L * (row.counts().pairsMax() - 1), row::toString);
    }
  }

  /**
   * Time-outs learned from losses that others had mended, up to half a minute; some senders then
   * walked past the pair whose sender was still patient (round 30 of 17).
   */
  @Test
  @Tag("SCHED-3")
  @Tag("LOSS-1")
  void sendersStayTogetherWhereAThirdOfTheStakeIsDown() {
    ScaleRow row = run(List.of(19), List.of(ScaleStakes.ZIPF), 33, 400).rows().getFirst();
    assertTrue(row.counts().roundMax() < row.counts().pairsMax(), row::toString);
  }

  @Test
  void countsAreTheSameInEveryRun() {
    assertEquals(run(List.of(10), ALL, 33, 20), run(List.of(10), ALL, 33, 20));
  }

  @Test
  void aShareThatNoReplicaFitsInIsLeftOut() {
    assertEquals(0, run(List.of(4), List.of(ScaleStakes.EQUAL), 10, 5).rows().size());
  }

  @Test
  void mistakesAreNamed() {
    IllegalArgumentException tooMany =
        assertThrows(IllegalArgumentException.class, () -> run(List.of(5_000), ALL, 0, 5));
    assertEquals("5000 replicas a side, must be between 1 and 4096", tooMany.getMessage());
    IllegalArgumentException tooMuch =
        assertThrows(IllegalArgumentException.class, () -> run(List.of(4), ALL, 50, 5));
    assertEquals("50 percent of the stake crashed, must be between 0 and 33", tooMuch.getMessage());
  }

  @Test
  void theReportIsWrittenAsTextJsonAndPicture() throws Exception {
    ScaleOptions options =
        new ScaleOptions(List.of(4, 7), ALL, List.of(0, 33), 12, Long.MAX_VALUE, true);
    ScaleReport report = ScaleRun.run(options, new PrintWriter(Writer.nullWriter()));
    JsonNode runs = JsonMapper.shared().readTree(report.toJson()).get("runs");
    assertEquals(8, runs.size());
    assertEquals(1, runs.get(0).get("perBundle").get("crossings").asDouble());
    assertTrue(runs.get(0).get("nanosPerInput").get("sender.AckArrived").asLong() > 0);
    assertTrue(report.toText().contains("equal"), report.toText());
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(report.toSvg().getBytes(StandardCharsets.UTF_8)));
    assertEquals(4, picture.getElementsByTagName("g").getLength());
  }
}
