package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.OUT;
import static dev.mallard.store.StoreFixtures.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes no more: a clear error, no acknowledgement, and everything acknowledged is
 * there once it takes more again.
 */
class StoreFullDiskTest {
  /** Blocks of 512 or 1024 bytes, by shell; the write-ahead log meets this limit first. */
  private static final String FILE_BLOCKS_MAX = "2048";

  private static final String SMALL_DISK = "size=12m";

  @TempDir Path parent;
  @TempDir Path library;

  @BeforeEach
  void unpackLibrary() throws IOException {
    StoreChild.unpackLibrary(library);
  }

  /** Works for any user: the kernel refuses to let a file grow. */
  @Test
  @Tag("G-3")
  void aWriteThatTheDiskRefusesIsNotAcknowledgedAndEndsAllLaterOnes() throws Exception {
    Path folder = parent.resolve("store");
    BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults()).close();
    List<String> wrapper =
        List.of("sh", "-c", "ulimit -f " + FILE_BLOCKS_MAX + "; exec \"$@\"", "sh");
    Report report;
    try (StoreChild child = StoreChild.start(wrapper, library, folder)) {
      report = Report.of(child);
    }
    assertTrue(report.failure.contains("File too large"), report.failure);
    assertTrue(report.failure.contains(folder.toString()), report.failure);
    assertTrue(report.failure.contains("Free space"), report.failure);
    assertTrue(report.later.contains("takes no writes"), report.later);
    assertEquals("read " + report.acknowledged, report.read, "reads go on");
    assertEquals("closed", report.last);
    checkReopened(folder, report);
  }

  /**
   * On a small file system of its own, where one may be mounted: in a namespace, so that nothing
   * stays mounted.
   */
  @Test
  @Tag("G-3")
  void aFullFileSystemIsNamedAsSuch() throws Exception {
    assumeTrue(canMount(), "this user may not mount a small file system");
    Path disk = Files.createDirectory(parent.resolve("disk"));
    Path folder = disk.resolve("store");
    Path copy = parent.resolve("copy");
    String script =
        String.format(
            Locale.ROOT,
            "mount -t tmpfs -o %s none '%s' && \"$@\"; cp -r '%s' '%s'",
            SMALL_DISK,
            disk,
            folder,
            copy);
    List<String> wrapper = List.of("unshare", "-rm", "sh", "-c", script, "sh");
    Report report;
    try (StoreChild child = StoreChild.start(wrapper, library, folder)) {
      report = Report.of(child);
    }
    assertTrue(report.failure.contains("No space left on device"), report.failure);
    assertTrue(report.failure.contains("Free space"), report.failure);
    assertTrue(report.later.contains("takes no writes"), report.later);
    checkReopened(copy, report);
  }

  private static void checkReopened(Path folder, Report report) throws Exception {
    try (BridgeStore store =
        BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults())) {
      long last = store.loadSource(OUT).lastSequence();
      assertTrue(report.acknowledged > 0, "steps before the disk was full");
      assertTrue(
          report.acknowledged <= last && last <= report.acknowledged + StoreChild.IN_FLIGHT_MAX,
          "acknowledged " + report.acknowledged + ", durable " + last);
      StoreKillTest.StoreScript.check(store, last, "after the disk was full");
      await(store.commit(StoreChild.step(last + 1)));
    }
  }

  private static boolean canMount() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** What a child told of its end. */
  private static final class Report {
    private long acknowledged;
    private String failure = "";
    private String later = "";
    private String read = "";
    private String last = "";

    static Report of(StoreChild child) throws IOException {
      Report report = new Report();
      for (String line = child.line(); line != null; line = child.line()) {
        report.last = line;
        if (line.startsWith("failed ")) {
          report.failure = line;
        } else if (line.startsWith("later ")) {
          report.later = line;
        } else if (line.startsWith("read ")) {
          report.read = line;
        }
        report.acknowledged = StoreChild.acknowledged(line).orElse(report.acknowledged);
      }
      return report;
    }
  }
}
