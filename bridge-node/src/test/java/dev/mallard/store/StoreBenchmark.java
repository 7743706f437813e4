package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * How fast bundles become durable, and what that takes of memory and disk. Run by hand: {@code
 * FOLDER BUNDLES BODY_BYTES IN_FLIGHT}.
 */
final class StoreBenchmark {
  private static final int RETAINED = 1_024;

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(arguments[0]);
    long bundles = Long.parseLong(arguments[1]);
    int bodyBytes = Integer.parseInt(arguments[2]);
    int inFlightMax = Integer.parseInt(arguments[3]);
    out.println("resident before: " + resident());
    try (BridgeStore store =
        BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults())) {
      out.println("resident open: " + resident());
      Semaphore inFlight = new Semaphore(inFlightMax);
      long begun = System.nanoTime();
      for (long sequence = 1; sequence <= bundles; sequence++) {
        inFlight.acquire();
        CompletableFuture<Void> _ =
            store
                .commit(step(sequence, bodyBytes))
                .whenComplete((nothing, failure) -> inFlight.release());
      }
      inFlight.acquire(inFlightMax);
      double seconds = (System.nanoTime() - begun) / 1e9;
      out.printf(
          Locale.ROOT, "%.0f commits/s, %s%n", bundles / seconds, store.metrics().snapshot());
      out.println("failure: " + store.failure() + ", resident after: " + resident());
    }
    try (var files = Files.walk(folder.resolve("db"))) {
      out.println("disk bytes: " + files.mapToLong(file -> file.toFile().length()).sum());
    }
    long begun = System.nanoTime();
    BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults()).close();
    out.printf(Locale.ROOT, "reopened in %.0f ms%n", (System.nanoTime() - begun) / 1e6);
  }

  private static List<StoreWrite> step(long sequence, int bodyBytes) {
    List<StoreWrite> step = new ArrayList<>(StoreFixtures.built(sequence));
    step.set(
        1,
        new StoreWrite.Outbound(
            StoreFixtures.header(StoreFixtures.OUT, sequence),
            StoreFixtures.body(sequence, bodyBytes)));
    if (sequence > RETAINED) {
      long behind = sequence - RETAINED;
      step.add(new StoreWrite.QuackFrontier(StoreFixtures.OUT, behind, StoreFixtures.acks(behind)));
      step.add(new StoreWrite.InboundExecuted(IN, behind, behind * StoreFixtures.ENTRIES));
      step.add(new StoreWrite.InboundDropped(IN, behind));
    }
    step.add(new StoreWrite.Inbound(StoreFixtures.inbound(sequence)));
    return step;
  }

  private static String resident() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .findFirst()
        .orElse("unknown");
  }
}
