package dev.mallard.store;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.certify.SignedAck;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.tuweni.bytes.Bytes;

/**
 * Values that follow from a bundle's number alone, so that what is read back can be compared with
 * what was written.
 */
final class StoreFixtures {
  static final StreamId OUT = StreamId.parse("1-2");
  static final StreamId IN = OUT.reverse();
  static final int ENTRIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private StoreFixtures() {}

  static StoreIdentity identity() {
    return new StoreIdentity(new RsmId(1), address(7), List.of(OUT, IN));
  }

  static BridgeAddress address(int seed) {
    byte[] bytes = new byte[BridgeAddress.ADDRESS_BYTES];
    bytes[0] = (byte) seed;
    return BridgeAddress.of(bytes);
  }

  static Hash32 hash(long seed) {
    byte[] bytes = new byte[Hash32.HASH_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (seed >>> (8 * (i % 8)));
    }
    bytes[31] ^= 0x55;
    return Hash32.of(bytes);
  }

  static BundleHeader header(StreamId stream, long sequence) {
    return new BundleHeader(
        stream,
        sequence,
        Epoch.FIRST,
        sequence + 100,
        hash(sequence + 100),
        (sequence - 1) * ENTRIES + 1,
        sequence * ENTRIES,
        hash(sequence - 1),
        hash(sequence));
  }

  static EncodedEntries body(long sequence) {
    return body(sequence, 200);
  }

  static EncodedEntries body(long sequence, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ((sequence * 31) + (i * (sequence | 1)));
    }
    return new EncodedEntries(Bytes.wrap(bytes));
  }

  static Attestation attestation(StreamId stream, long sequence) {
    return new Attestation(
        stream, Epoch.FIRST, sequence, sequence * ENTRIES, hash(sequence), hash(~sequence));
  }

  static Signature signature(long seed) {
    byte[] bytes = new byte[Signature.BYTES];
    bytes[0] = (byte) seed;
    bytes[63] = (byte) (seed >>> 8);
    return new Signature(Bytes.wrap(bytes));
  }

  static Certificate certificate(StreamId stream, long sequence) {
    BitSet signers = new BitSet();
    signers.set(0);
    signers.set(2);
    signers.set(9);
    return new Certificate(
        attestation(stream, sequence),
        signers,
        List.of(signature(sequence), signature(sequence + 1), signature(sequence + 2)));
  }

  static CertifiedBundle inbound(long sequence) {
    return new CertifiedBundle(header(IN, sequence), body(sequence), certificate(IN, sequence));
  }

  static OutboxCursor cursor(long sequence) {
    return new OutboxCursor(
        new BlockRef(sequence + 100, hash(sequence + 100)), sequence * ENTRIES, hash(sequence));
  }

  static Map<Integer, SignedAck> acks(long cumulative) {
    return Map.of(
        0, new SignedAck(OUT, Epoch.FIRST, cumulative, signature(cumulative)),
        3, new SignedAck(OUT, Epoch.FIRST, cumulative + 1, signature(cumulative + 1)));
  }

  /** What a source replica commits when it has built a bundle. */
  static List<StoreWrite> built(long sequence) {
    return List.of(
        new StoreWrite.Cursor(OUT, cursor(sequence), sequence),
        new StoreWrite.Outbound(header(OUT, sequence), body(sequence)),
        new StoreWrite.HighWater(attestation(OUT, sequence)));
  }

  static void await(CompletableFuture<Void> future) throws Exception {
    future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The reason a commit failed; fails itself when it did not. */
  static Throwable failureOf(CompletableFuture<Void> future)
      throws InterruptedException, TimeoutException {
    try {
      future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    }
    throw new AssertionError("the commit succeeded");
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void eventually(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never happened: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
