package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Attestation;
import dev.mallard.stake.StreamId;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreDatabase;
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreLimits;
import dev.mallard.store.StoreRecovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a killed node's next run will find on its disk, read from a copy before that run.
 *
 * @param executed every inbound bundle up to it was executed at a finalized block
 * @param held headers of the inbound bundles beyond it, by number
 * @param highWater the last own bundle that it may have attested, 0 if none
 * @param attested own bundles that it may have attested, by number
 */
record KilledStore(
    long executed, Map<Long, BundleHeader> held, long highWater, Map<Long, Attestation> attested) {
  private static final String DATABASE = "db";

  /**
   * Copies the store, which stays as the kill left it, and opens the copy as the node does.
   *
   * @param copy a folder that does not exist yet
   */
  static KilledStore read(Path data, Path copy, StoreIdentity identity, StreamId incoming)
      throws IOException {
    Path database = Files.createDirectories(copy.resolve(DATABASE));
    try (Stream<Path> files = Files.list(data.resolve(DATABASE))) {
      for (Path file : files.toList()) {
        Files.copy(file, database.resolve(file.getFileName()));
      }
    }
    StoreLimits limits = StoreLimits.defaults();
    Map<Long, BundleHeader> held = new HashMap<>();
    RecoveredDestination destination;
    RecoveredSource source;
    try (BridgeStore store = BridgeStore.open(copy, identity, limits)) {
      destination = store.loadDestination(incoming);
      source = store.loadSource(incoming.reverse());
      for (BundleHeader header : destination.held()) {
        assertEquals(header, store.readInbound(incoming, header.sequence()).orElseThrow().header());
        held.put(header.sequence(), header);
      }
    }
    long highWater = source.highWater().map(Attestation::sequence).orElse(0L);
    assertEquals(source.lastSequence(), highWater, "cursor and high-water mark are one commit");
    Map<Long, Attestation> attested = new HashMap<>();
    try (StoreDatabase records = StoreDatabase.open(copy, database, limits, false)) {
      StoreRecovery recovery = new StoreRecovery(records);
      for (long sequence = 1; sequence <= highWater; sequence++) {
        long number = sequence;
        recovery
            .attested(incoming.reverse(), sequence)
            .ifPresent(statement -> attested.put(number, statement));
      }
    }
    return new KilledStore(destination.executedSequence(), held, highWater, attested);
  }

  /**
   * What of a node's statements this store does not back; none, if nothing left the node before it
   * was durable.
   *
   * @param executedFinal inbound bundles that the node's chain had executed at a finalized block:
   *     they may be acknowledged without being held ([ACK-1])
   */
  List<String> missing(Heard.Statements said, long executedFinal) {
    List<String> missing = new ArrayList<>();
    long done = Math.max(executed, executedFinal);
    for (long sequence = done + 1; sequence <= said.acknowledged(); sequence++) {
      if (!held.containsKey(sequence)) {
        missing.add("acknowledged bundle " + sequence + ", which is not held");
      }
    }
    for (long sequence : said.held().tailSet(done, false)) {
      BundleHeader passedOn = said.passedOn().get(sequence);
      if (!held.containsKey(sequence)) {
        missing.add("said it held bundle " + sequence + ", which is not held");
      } else if (passedOn != null && !passedOn.equals(held.get(sequence))) {
        missing.add("passed on " + passedOn + ", and holds " + held.get(sequence));
      }
    }
    said.attested()
        .forEach((sequence, statement) -> {
          if (!Optional.of(statement).equals(Optional.ofNullable(attested.get(sequence)))) {
            missing.add("attested " + statement + ", and remembers " + attested.get(sequence));
          }
        });
    if (said.sent() > highWater) {
      missing.add("sent bundle " + said.sent() + " across, which it has not built");
    }
    missing.addAll(said.contradictions());
    return missing;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "executed up to %d, held %s, attested up to %d",
        executed,
        held.keySet().stream().sorted().toList(),
        highWater);
  }
}
