package dev.mallard.store;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the journal's records, in the node and over any {@link RecordStore}. Scans begin behind the
 * frontiers, so their cost follows what is pending, which the windows bound, and not history
 * ([CATCH-1]).
 */
public final class StoreRecovery {
  private final RecordStore store;

  /** Over a store that others may write to meanwhile. */
  public StoreRecovery(RecordStore store) {
    this.store = store;
  }

  /** See {@link Journal#loadSource}. */
  public RecoveredSource source(StreamId stream) throws StoreException {
    Optional<StoreCodec.CursorRecord> cursor =
        stream(Family.CURSOR, stream, StoreCodec::decodeCursor);
    StoreCodec.FrontierRecord frontier = frontier(stream);
    return new RecoveredSource(
        cursor.map(StoreCodec.CursorRecord::cursor),
        cursor.map(StoreCodec.CursorRecord::lastSequence).orElse(0L),
        highWater(stream),
        frontier.quacked(),
        frontier.acks(),
        outbound(stream, frontier.quacked()));
  }

  /** See {@link Journal#loadDestination}. */
  public RecoveredDestination destination(StreamId stream) throws StoreException {
    StoreCodec.ExecutedRecord executed = executed(stream);
    List<BundleHeader> held = new ArrayList<>();
    byte[] head = new byte[StoreCodec.HEADER_BYTES];
    store.scan(
        Family.INBOUND,
        StoreKeys.numbered(stream, Math.max(executed.sequence(), executed.dropped()) + 1),
        StoreKeys.streamEnd(stream),
        row -> {
          byte[] key = row.key();
          int length = Math.min(row.head(head), head.length);
          RecordReader in = new RecordReader(head, length, store.naming(Family.INBOUND, key));
          held.add(StoreCodec.decodeHeader(stream, StoreKeys.numberAtEnd(key), in));
          return true;
        });
    return new RecoveredDestination(executed.sequence(), executed.count(), held);
  }

  /** See {@link Journal#readInbound}. */
  public Optional<CertifiedBundle> inbound(StreamId stream, long sequence) throws StoreException {
    return read(
        Family.INBOUND,
        StoreKeys.numbered(stream, sequence),
        in -> StoreCodec.decodeInbound(stream, sequence, in));
  }

  /** What was signed for an own bundle, if it is remembered. */
  public Optional<Attestation> attested(StreamId stream, long sequence) throws StoreException {
    return read(
        Family.ATTESTED,
        StoreKeys.numbered(stream, sequence),
        in -> StoreCodec.decodeAttestation(stream, in));
  }

  /** See {@link BridgeStore#readEvidence}. */
  public List<StoreWrite.Evidence> evidence(StreamId stream) throws StoreException {
    List<StoreWrite.Evidence> evidence = new ArrayList<>();
    pending(
        Family.EVIDENCE,
        stream,
        -1,
        (replica, in) ->
            evidence.add(StoreCodec.decodeEvidence(stream, Math.toIntExact(replica), in)));
    return evidence;
  }

  /** See {@link BridgeStore#readStakes}. */
  public Optional<StakeTable> stakes(RsmId rsm, Epoch epoch) throws StoreException {
    return read(
        Family.STAKES, StoreKeys.stakes(rsm, epoch), in -> StakesCodec.decode(rsm, epoch, in));
  }

  StreamMarks marks(StreamId stream) throws StoreException {
    StoreCodec.ExecutedRecord executed = executed(stream);
    return new StreamMarks(
        frontier(stream).quacked(),
        highWater(stream),
        executed.sequence(),
        executed.count(),
        executed.dropped());
  }

  private Optional<Attestation> highWater(StreamId stream) throws StoreException {
    return stream(Family.HIGH_WATER, stream, in -> StoreCodec.decodeAttestation(stream, in));
  }

  private StoreCodec.FrontierRecord frontier(StreamId stream) throws StoreException {
    return stream(Family.FRONTIER, stream, in -> StoreCodec.decodeFrontier(stream, in))
        .orElse(new StoreCodec.FrontierRecord(0, Map.of()));
  }

  private StoreCodec.ExecutedRecord executed(StreamId stream) throws StoreException {
    return stream(Family.EXECUTED, stream, StoreCodec::decodeExecuted)
        .orElse(new StoreCodec.ExecutedRecord(0, 0, 0));
  }

  private List<RecoveredSource.Outbound> outbound(StreamId stream, long quacked)
      throws StoreException {
    Map<Long, Certificate> certificates = new HashMap<>();
    pending(
        Family.CERTIFICATE,
        stream,
        quacked,
        (sequence, in) -> certificates.put(sequence, StoreCodec.decodeCertificate(stream, in)));
    List<RecoveredSource.Outbound> outbound = new ArrayList<>();
    pending(
        Family.OUTBOUND,
        stream,
        quacked,
        (sequence, in) -> {
          StoreCodec.OutboundRecord own = StoreCodec.decodeOutbound(stream, sequence, in);
          outbound.add(
              new RecoveredSource.Outbound(
                  own.header(), own.body(), Optional.ofNullable(certificates.get(sequence))));
        });
    return outbound;
  }

  private interface Pending {
    void onRecord(long sequence, RecordReader in) throws StoreException;
  }

  private void pending(Family family, StreamId stream, long frontier, Pending pending)
      throws StoreException {
    store.scan(
        family,
        StoreKeys.numbered(stream, frontier + 1),
        StoreKeys.streamEnd(stream),
        row -> {
          byte[] key = row.key();
          pending.onRecord(
              StoreKeys.numberAtEnd(key), new RecordReader(row.value(), store.naming(family, key)));
          return true;
        });
  }

  private <T> Optional<T> stream(Family family, StreamId stream, RecordReader.Decoder<T> decoder)
      throws StoreException {
    return read(family, StoreKeys.stream(stream), decoder);
  }

  private <T> Optional<T> read(Family family, byte[] key, RecordReader.Decoder<T> decoder)
      throws StoreException {
    Optional<byte[]> record = store.get(family, key);
    if (record.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(decoder.decode(new RecordReader(record.get(), store.naming(family, key))));
  }
}
