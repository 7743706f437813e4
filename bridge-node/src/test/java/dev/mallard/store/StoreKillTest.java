package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static dev.mallard.store.StoreFixtures.OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process had been told is durable is there after kill -9, and nothing is there by half. */
class StoreKillTest {
  private static final int KILLS = 12;
  private static final int CUTS = 12;
  private static final int STEPS_TO_CUT = 60;
  private static final int STEPS_BEFORE_KILL_MAX = 1_500;

  @TempDir Path folder;
  @TempDir Path library;

  @Test
  @Tag("G-3")
  @Tag("CERT-1")
  void nothingAcknowledgedIsLostByKills() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults()).close();
    StoreChild.unpackLibrary(library);
    long durable = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      String where = "kill " + kill + " of seed " + seed;
      long acknowledged = killedAfter(random.nextInt(STEPS_BEFORE_KILL_MAX), where);
      assertTrue(acknowledged == 0 || acknowledged > durable, where);
      long least = Math.max(durable, acknowledged);
      durable = checkReopened(folder, least, least + StoreChild.IN_FLIGHT_MAX, where);
    }
    assertTrue(durable > 0, "no step was ever durable; seed " + seed);
  }

  /** As after a power cut: the log ends anywhere. */
  @Test
  @Tag("G-3")
  void aLogThatEndsAnywhereHoldsAPrefixOfTheCommits() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (BridgeStore store =
        BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults())) {
      for (long number = 1; number <= STEPS_TO_CUT; number++) {
        StoreFixtures.await(store.commit(StoreChild.step(number)));
      }
    }
    byte[] log = Files.readAllBytes(theLog(folder));
    long lastBefore = 0;
    for (int length : random.ints(CUTS, 0, log.length).sorted().toArray()) {
      String where = "cut at " + length + " of seed " + seed;
      Path cut = copy(library.resolve("cut-" + length));
      Files.write(theLog(cut), Arrays.copyOf(log, length));
      lastBefore = checkReopened(cut, lastBefore, STEPS_TO_CUT, where);
    }
    assertTrue(lastBefore > 0, "no cut left a commit; seed " + seed);
  }

  /**
   * Runs a child, kills it after some acknowledged steps, and returns the last one it was told of.
   */
  private long killedAfter(int steps, String where) throws Exception {
    long last = 0;
    try (StoreChild child = StoreChild.start(List.of(), library, folder)) {
      assertEquals("open", child.line(), where);
      for (int step = 0; step < steps; step++) {
        last = StoreChild.acknowledged(child.line()).orElseThrow();
      }
      child.kill();
      for (String line = child.line(); line != null; line = child.line()) {
        last = StoreChild.acknowledged(line).orElse(last);
      }
    }
    return last;
  }

  /** All records tell of the same last step, between the two given; returns it. */
  private static long checkReopened(Path folder, long least, long most, String where)
      throws Exception {
    try (BridgeStore store =
        BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults())) {
      long last = store.loadSource(OUT).lastSequence();
      assertTrue(
          least <= last && last <= most,
          () -> where + ": durable " + last + ", expected " + least + " to " + most);
      if (last > 0) {
        StoreScript.check(store, last, where);
      }
      return last;
    }
  }

  private static Path theLog(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("db"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".log"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private Path copy(Path to) throws IOException {
    Files.createDirectories(to.resolve("db"));
    try (Stream<Path> files = Files.list(folder.resolve("db"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve("db").resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** What the script has left behind after a step. */
  static final class StoreScript {
    private StoreScript() {}

    static void check(BridgeStore store, long last, String where) throws StoreException {
      RecoveredSource source = store.loadSource(OUT);
      long quacked = Math.max(0, last - StoreChild.QUACK_LAG);
      assertEquals(Optional.of(StoreFixtures.cursor(last)), source.cursor(), where);
      assertEquals(Optional.of(StoreFixtures.attestation(OUT, last)), source.highWater(), where);
      assertEquals(quacked, source.quacked(), where);
      assertEquals(
          LongStream.rangeClosed(quacked + 1, last).mapToObj(StoreScript::outbound).toList(),
          source.outbound(),
          where);
      long executed = Math.max(0, last - StoreChild.EXECUTED_LAG);
      assertEquals(
          new RecoveredDestination(
              executed,
              executed * StoreFixtures.ENTRIES,
              LongStream.rangeClosed(executed + 1, last)
                  .mapToObj(sequence -> StoreFixtures.header(IN, sequence))
                  .toList()),
          store.loadDestination(IN),
          where);
      long dropped = Math.max(0, last - StoreChild.DROPPED_LAG);
      assertEquals(Optional.empty(), store.readInbound(IN, dropped), where);
      for (long sequence = dropped + 1; sequence <= last; sequence++) {
        assertEquals(
            Optional.of(StoreFixtures.inbound(sequence)), store.readInbound(IN, sequence), where);
      }
    }

    private static RecoveredSource.Outbound outbound(long sequence) {
      StoreWrite.Outbound written =
          StoreChild.step(sequence).stream()
              .filter(StoreWrite.Outbound.class::isInstance)
              .map(StoreWrite.Outbound.class::cast)
              .findFirst()
              .orElseThrow();
      return new RecoveredSource.Outbound(
          written.header(), written.body(), Optional.of(StoreFixtures.certificate(OUT, sequence)));
    }
  }
}
