package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Attestation;
import dev.mallard.stake.StreamId;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a killed node's next run will find on its disk, read from a copy before that run.
 *
 * @param held every inbound bundle up to it is there, or was executed
 * @param signed the last own bundle that it may have attested
 */
record KilledStore(long held, long signed) {
  private static final String DATABASE = "db";

  /**
   * Copies the store, which stays as the kill left it, and opens the copy as the node does.
   *
   * @param copy a folder that does not exist yet
   */
  static KilledStore read(Path data, Path copy, StoreIdentity identity, StreamId incoming)
      throws IOException {
    Files.createDirectories(copy.resolve(DATABASE));
    try (Stream<Path> files = Files.list(data.resolve(DATABASE))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(DATABASE).resolve(file.getFileName()));
      }
    }
    try (BridgeStore store = BridgeStore.open(copy, identity, StoreLimits.defaults())) {
      return new KilledStore(held(store, incoming), signed(store, incoming.reverse()));
    }
  }

  private static long held(BridgeStore store, StreamId stream) throws StoreException {
    RecoveredDestination found = store.loadDestination(stream);
    long held = found.executedSequence();
    for (BundleHeader header : found.held()) {
      assertEquals(
          header, store.readInbound(stream, header.sequence()).orElseThrow().header(), "by half");
      held += header.sequence() == held + 1 ? 1 : 0;
    }
    return held;
  }

  private static long signed(BridgeStore store, StreamId stream) throws StoreException {
    RecoveredSource found = store.loadSource(stream);
    long signed = found.highWater().map(Attestation::sequence).orElse(0L);
    assertEquals(found.lastSequence(), signed, "cursor and high-water mark are one commit");
    return signed;
  }
}
