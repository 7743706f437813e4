package dev.mallard.testnet.sim.disk;

import dev.mallard.store.StoreLimits;
import dev.mallard.store.StoreWrite;
import dev.mallard.testnet.sim.Timeline;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** What a commit costs in the simulator. Run by hand. */
final class DiskBenchmark {
  private static final int BUNDLES = 200;
  private static final int ROUNDS = 1_000;

  private DiskBenchmark() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    measure(out, "Inbound", sequence -> List.of(Records.inbound(sequence)));
    measure(out, "Cursor, Outbound, HighWater", Records::built);
    measure(out, "QuackFrontier", sequence -> List.of(Records.frontier(sequence)));
  }

  private static void measure(PrintStream out, String what, LongFunction<List<StoreWrite>> step) {
    List<List<StoreWrite>> commits = new ArrayList<>();
    for (long sequence = 1; sequence <= BUNDLES; sequence++) {
      commits.add(step.apply(sequence));
    }
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Timeline timeline = new Timeline();
      VirtualDisk disk = new VirtualDisk("benchmark");
      long begun = System.nanoTime();
      VirtualJournal journal =
          VirtualJournal.open(disk, Records.identity(), StoreLimits.defaults(), timeline, () -> 1);
      for (List<StoreWrite> commit : commits) {
        var _ = journal.commit(commit);
        while (timeline.advance(timeline.now() + 2)) {
          // until the fsync is over
        }
      }
      nanos[round] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    out.printf(
        Locale.ROOT,
        "%s: %.2f microseconds a commit (median of rounds), each with a group of its own%n",
        what,
        nanos[ROUNDS / 2] / 1_000.0 / BUNDLES);
  }
}
