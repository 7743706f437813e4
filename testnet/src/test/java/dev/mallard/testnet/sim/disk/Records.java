package dev.mallard.testnet.sim.disk;

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
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreWrite;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.tuweni.bytes.Bytes;

/** What a replica journals, each value following from a bundle's number. */
final class Records {
  static final StreamId OUT = StreamId.parse("1-2");
  static final StreamId IN = OUT.reverse();
  static final int ENTRIES = 3;

  private static final int ENTRY_BYTES = 200;
  private static final int SIGNERS = 3;

  private Records() {}

  static StoreIdentity identity() {
    BridgeAddress key = BridgeAddress.of(new byte[BridgeAddress.ADDRESS_BYTES]);
    return new StoreIdentity(new RsmId(1), key, List.of(OUT, IN));
  }

  static Hash32 hash(long seed) {
    return Hash32.of(ByteBuffer.allocate(Hash32.HASH_BYTES).putLong(24, seed).array());
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
    ByteBuffer bytes = ByteBuffer.allocate(ENTRIES * ENTRY_BYTES).putLong(sequence);
    return new EncodedEntries(Bytes.wrap(bytes.array()));
  }

  static Attestation attestation(StreamId stream, long sequence) {
    return new Attestation(
        stream, Epoch.FIRST, sequence, sequence * ENTRIES, hash(sequence), hash(~sequence));
  }

  static Signature signature(long seed) {
    return new Signature(Bytes.wrap(ByteBuffer.allocate(Signature.BYTES).putLong(seed).array()));
  }

  static Certificate certificate(StreamId stream, long sequence) {
    BitSet signers = new BitSet();
    signers.set(0, SIGNERS);
    List<Signature> signatures =
        LongStream.range(0, SIGNERS).mapToObj(i -> signature(sequence + i)).toList();
    return new Certificate(attestation(stream, sequence), signers, signatures);
  }

  static StoreWrite.Inbound inbound(long sequence) {
    return new StoreWrite.Inbound(
        new CertifiedBundle(header(IN, sequence), body(sequence), certificate(IN, sequence)));
  }

  static OutboxCursor cursor(long sequence) {
    return new OutboxCursor(
        new BlockRef(sequence + 100, hash(sequence + 100)), sequence * ENTRIES, hash(sequence));
  }

  static StoreWrite.QuackFrontier frontier(long quacked) {
    SignedAck ack = new SignedAck(OUT, Epoch.FIRST, quacked, signature(quacked));
    return new StoreWrite.QuackFrontier(OUT, quacked, Map.of(0, ack, 1, ack));
  }

  /** What a source replica commits when it has built a bundle. */
  static List<StoreWrite> built(long sequence) {
    return List.of(
        new StoreWrite.Cursor(OUT, cursor(sequence), sequence),
        new StoreWrite.Outbound(header(OUT, sequence), body(sequence)),
        new StoreWrite.HighWater(attestation(OUT, sequence)));
  }
}
