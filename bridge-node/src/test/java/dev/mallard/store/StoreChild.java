package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static dev.mallard.store.StoreFixtures.OUT;

import dev.mallard.chain.OutboxEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.tuweni.bytes.Bytes;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * A process of its own that commits a script, step after step, and prints the number of each step
 * once it is durable; then the store is its parent's to read. The script's steps follow from their
 * numbers alone.
 */
final class StoreChild implements AutoCloseable {
  static final int IN_FLIGHT_MAX = 32;
  static final int QUACK_LAG = 10;
  static final int EXECUTED_LAG = 5;
  static final int DROPPED_LAG = 8;

  private static final int BODY_BYTES = 3_000;

  private final Process process;
  private final BufferedReader lines;

  private StoreChild(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one.
   *
   * @param wrapper a command that runs the rest of its arguments, or nothing
   * @param library where {@link #unpackLibrary} put RocksDB's library: the child's own disk may be
   *     too small for it
   */
  static StoreChild start(List<String> wrapper, Path library, Path folder) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Djava.library.path=" + library);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StoreChild.class.getName()));
    command.add(folder.toString());
    return new StoreChild(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Unpacks RocksDB's library for children into a folder. */
  static Path unpackLibrary(Path folder) throws IOException {
    String name = Environment.getJniLibraryFileName("rocksdb");
    try (InputStream library = RocksDB.class.getResourceAsStream("/" + name)) {
      Files.copy(Objects.requireNonNull(library), folder.resolve(name));
    }
    return folder;
  }

  /** The next line it printed; null at its end. */
  String line() throws IOException {
    return lines.readLine();
  }

  /** As kill -9 does; then its end. */
  void kill() throws InterruptedException {
    // Not Process.destroyForcibly: that would throw away what the child had printed.
    process.toHandle().destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the child survived kill -9");
    }
  }

  /** The step a line acknowledges; empty for other lines and one that the kill cut short. */
  static OptionalLong acknowledged(String line) {
    return line.matches("[0-9]+;")
        ? OptionalLong.of(Long.parseLong(line.substring(0, line.length() - 1)))
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** All that a step commits: one batch that must appear whole or not at all. */
  static List<StoreWrite> step(long number) {
    List<StoreWrite> step = new ArrayList<>();
    step.add(new StoreWrite.Cursor(OUT, StoreFixtures.cursor(number), number));
    step.add(
        new StoreWrite.Outbound(
            StoreFixtures.header(OUT, number), StoreFixtures.body(number, BODY_BYTES)));
    step.add(new StoreWrite.HighWater(StoreFixtures.attestation(OUT, number)));
    step.add(new StoreWrite.OutboundCertified(StoreFixtures.certificate(OUT, number)));
    step.add(new StoreWrite.Inbound(StoreFixtures.inbound(number)));
    if (number > QUACK_LAG) {
      long quacked = number - QUACK_LAG;
      step.add(new StoreWrite.QuackFrontier(OUT, quacked, StoreFixtures.acks(quacked)));
    }
    if (number > EXECUTED_LAG) {
      long executed = number - EXECUTED_LAG;
      step.add(new StoreWrite.InboundExecuted(IN, executed, executed * StoreFixtures.ENTRIES));
    }
    if (number > DROPPED_LAG) {
      step.add(new StoreWrite.InboundDropped(IN, number - DROPPED_LAG));
    }
    return step;
  }

  /** Unsynced writes between the synced ones, as in a node. */
  private static void tellIndex(MessageIndex index, long number) {
    OutboxEntry entry =
        new OutboxEntry(
            number,
            Bytes.repeat((byte) 1, 20),
            Bytes.repeat((byte) 2, 20),
            1,
            0,
            0,
            BigInteger.ZERO,
            Bytes.EMPTY);
    index.onEntries(OUT, number, List.of(entry), List.of(StoreFixtures.hash(number)));
    index.onStage(OUT, number, number, MessageStage.FINALIZED, number);
  }

  /**
   * {@code FOLDER}: goes on behind the last durable step until a commit fails. Prints durable
   * numbers, then {@code failed REASON} and what became of a commit after it.
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(arguments[0]);
    try (BridgeStore store =
        BridgeStore.open(folder, StoreFixtures.identity(), StoreLimits.defaults())) {
      out.println("open");
      long next = store.loadSource(OUT).lastSequence() + 1;
      Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
      while (store.failure().isEmpty()) {
        inFlight.acquire();
        long number = next++;
        tellIndex(store.messages(), number);
        CompletableFuture<Void> _ =
            store
                .commit(step(number))
                .whenComplete((nothing, failure) -> {
                  if (failure == null) {
                    out.println(number + ";");
                  }
                  inFlight.release();
                });
      }
      inFlight.acquire(IN_FLIGHT_MAX);
      out.println("failed " + store.failure().orElseThrow().getMessage());
      out.println("later " + StoreFixtures.failureOf(store.commit(step(next))).getMessage());
      out.println("read " + store.loadSource(OUT).lastSequence());
    }
    out.println("closed");
  }
}
