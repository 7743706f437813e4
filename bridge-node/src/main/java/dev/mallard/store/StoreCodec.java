package dev.mallard.store;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.BundleProof;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/**
 * The journal's records as bytes: a version byte, then fixed big-endian fields, then what varies.
 * What the key says (stream, sequence) is not repeated. Independent of the wire format.
 */
final class StoreCodec {
  static final int VERSION = 1;

  /** A record's version byte and its bundle header. */
  static final int HEADER_BYTES = 1 + 4 * Long.BYTES + 3 * Hash32.HASH_BYTES;

  private StoreCodec() {}

  record CursorRecord(OutboxCursor cursor, long lastSequence) {}

  record FrontierRecord(long quacked, Map<Integer, SignedAck> acks) {}

  record ExecutedRecord(long sequence, long count, long dropped) {}

  record OutboundRecord(BundleHeader header, BundleBody body) {}

  static ByteBuffer encode(RecordWriter out, StoreWrite.Cursor write) {
    OutboxCursor cursor = write.cursor();
    return out.begin(VERSION)
        .u64(cursor.block().number())
        .hash(cursor.block().hash())
        .u64(cursor.count())
        .hash(cursor.acc())
        .u64(write.lastSequence())
        .end();
  }

  static CursorRecord decodeCursor(RecordReader in) throws StoreException {
    return in.whole(
        VERSION,
        r ->
            new CursorRecord(
                new OutboxCursor(new BlockRef(r.u64(), r.hash()), r.u64(), r.hash()), r.u64()));
  }

  static ByteBuffer encode(RecordWriter out, StoreWrite.Outbound write) {
    putHeader(out.begin(VERSION), write.header());
    return out.blob(entries(write.body())).end();
  }

  static OutboundRecord decodeOutbound(StreamId stream, long sequence, RecordReader in)
      throws StoreException {
    return in.whole(
        VERSION,
        r -> new OutboundRecord(header(stream, sequence, r), new EncodedEntries(r.blob())));
  }

  static ByteBuffer encode(RecordWriter out, CertifiedBundle bundle) {
    putHeader(out.begin(VERSION), bundle.header());
    putCertificate(out, certificate(bundle.proof()));
    return out.blob(entries(bundle.body())).end();
  }

  static CertifiedBundle decodeInbound(StreamId stream, long sequence, RecordReader in)
      throws StoreException {
    return in.whole(
        VERSION,
        r -> {
          BundleHeader header = header(stream, sequence, r);
          Certificate certificate = certificate(stream, r);
          return new CertifiedBundle(header, new EncodedEntries(r.blob()), certificate);
        });
  }

  /** Of the first {@link #HEADER_BYTES} of an inbound or outbound record. */
  static BundleHeader decodeHeader(StreamId stream, long sequence, RecordReader in)
      throws StoreException {
    return in.head(VERSION, r -> header(stream, sequence, r));
  }

  static ByteBuffer encode(RecordWriter out, Attestation attestation) {
    putAttestation(out.begin(VERSION), attestation);
    return out.end();
  }

  static Attestation decodeAttestation(StreamId stream, RecordReader in) throws StoreException {
    return in.whole(VERSION, r -> attestation(stream, r));
  }

  static ByteBuffer encode(RecordWriter out, Certificate certificate) {
    putCertificate(out.begin(VERSION), certificate);
    return out.end();
  }

  static Certificate decodeCertificate(StreamId stream, RecordReader in) throws StoreException {
    return in.whole(VERSION, r -> certificate(stream, r));
  }

  static ByteBuffer encode(RecordWriter out, StoreWrite.QuackFrontier write) {
    out.begin(VERSION).u64(write.quacked()).u16(write.acks().size());
    write
        .acks()
        .forEach((replica, ack) ->
            out.u16(replica)
                .u64(ack.epoch().number())
                .u64(ack.cumulative())
                .raw(ack.signature().compact()));
    return out.end();
  }

  static FrontierRecord decodeFrontier(StreamId stream, RecordReader in) throws StoreException {
    return in.whole(
        VERSION,
        r -> {
          long quacked = r.u64();
          Map<Integer, SignedAck> acks = new HashMap<>();
          for (int left = r.u16(); left > 0; left--) {
            int replica = r.u16();
            acks.put(replica, new SignedAck(stream, new Epoch(r.u64()), r.u64(), signature(r)));
          }
          return new FrontierRecord(quacked, acks);
        });
  }

  static ByteBuffer encode(RecordWriter out, StreamMarks marks) {
    return out.begin(VERSION)
        .u64(marks.executedSequence())
        .u64(marks.executedCount())
        .u64(marks.dropped())
        .end();
  }

  static ExecutedRecord decodeExecuted(RecordReader in) throws StoreException {
    return in.whole(VERSION, r -> new ExecutedRecord(r.u64(), r.u64(), r.u64()));
  }

  static ByteBuffer encode(RecordWriter out, StoreWrite.Evidence write) {
    out.begin(VERSION);
    for (SignedAttestation signed : List.of(write.one(), write.other())) {
      putAttestation(out, signed.attestation());
      out.raw(signed.signature().compact());
    }
    return out.end();
  }

  static StoreWrite.Evidence decodeEvidence(StreamId stream, int replica, RecordReader in)
      throws StoreException {
    return in.whole(
        VERSION,
        r ->
            new StoreWrite.Evidence(
                stream, replica, signedAttestation(stream, r), signedAttestation(stream, r)));
  }

  /** Roughly what a write adds to a batch, for the queue's byte bound. */
  static long sizeBytes(StoreWrite write) {
    long fixed = 256;
    return switch (write) {
      case StoreWrite.Cursor _,
          StoreWrite.HighWater _,
          StoreWrite.Evidence _,
          StoreWrite.InboundExecuted _,
          StoreWrite.InboundDropped _ ->
          fixed;
      case StoreWrite.Outbound outbound -> fixed + outbound.body().sizeBytes();
      case StoreWrite.OutboundCertified certified -> fixed + sizeBytes(certified.certificate());
      case StoreWrite.QuackFrontier frontier -> fixed + 96L * frontier.acks().size();
      case StoreWrite.Stakes stakes -> fixed + 64L * stakes.table().size();
      case StoreWrite.Inbound inbound ->
          fixed
              + inbound.bundle().body().sizeBytes()
              + sizeBytes(certificate(inbound.bundle().proof()));
    };
  }

  private static long sizeBytes(Certificate certificate) {
    return 256 + (long) Signature.BYTES * certificate.signatures().size();
  }

  private static Bytes entries(BundleBody body) {
    if (body instanceof EncodedEntries entries) {
      return entries.encoded();
    }
    throw new IllegalArgumentException("the store keeps EncodedEntries, got " + body.getClass());
  }

  private static Certificate certificate(BundleProof proof) {
    if (proof instanceof Certificate certificate) {
      return certificate;
    }
    throw new IllegalArgumentException("the store keeps Certificates, got " + proof.getClass());
  }

  private static void putHeader(RecordWriter out, BundleHeader header) {
    out.u64(header.epoch().number())
        .u64(header.blockNumber())
        .hash(header.blockHash())
        .u64(header.firstIndex())
        .u64(header.lastIndex())
        .hash(header.accBefore())
        .hash(header.accAfter());
  }

  private static BundleHeader header(StreamId stream, long sequence, RecordReader in)
      throws StoreException {
    return new BundleHeader(
        stream,
        sequence,
        new Epoch(in.u64()),
        in.u64(),
        in.hash(),
        in.u64(),
        in.u64(),
        in.hash(),
        in.hash());
  }

  private static void putAttestation(RecordWriter out, Attestation attestation) {
    out.u64(attestation.epoch().number())
        .u64(attestation.sequence())
        .u64(attestation.count())
        .hash(attestation.acc())
        .hash(attestation.header());
  }

  private static Attestation attestation(StreamId stream, RecordReader in) throws StoreException {
    return new Attestation(stream, new Epoch(in.u64()), in.u64(), in.u64(), in.hash(), in.hash());
  }

  private static SignedAttestation signedAttestation(StreamId stream, RecordReader in)
      throws StoreException {
    return new SignedAttestation(attestation(stream, in), signature(in));
  }

  private static void putCertificate(RecordWriter out, Certificate certificate) {
    putAttestation(out, certificate.attestation());
    byte[] signers = certificate.signers().toByteArray();
    out.u16(signers.length).raw(signers);
    certificate.signatures().forEach(signature -> out.raw(signature.compact()));
  }

  private static Certificate certificate(StreamId stream, RecordReader in) throws StoreException {
    Attestation attestation = attestation(stream, in);
    BitSet signers = BitSet.valueOf(in.raw(in.u16()).toArrayUnsafe());
    if (signers.length() > StakeTable.VALIDATORS_MAX) {
      throw new IllegalArgumentException("a certificate names signer " + (signers.length() - 1));
    }
    List<Signature> signatures = new ArrayList<>(signers.cardinality());
    for (int left = signers.cardinality(); left > 0; left--) {
      signatures.add(signature(in));
    }
    return new Certificate(attestation, signers, signatures);
  }

  /** A copy: a view would keep the whole record, body and all, in memory. */
  private static Signature signature(RecordReader in) throws StoreException {
    return new Signature(in.raw(Signature.BYTES).copy());
  }
}
