package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static dev.mallard.store.StoreFixtures.OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Records come back as they were; damage is a {@link StoreException}, never anything else. */
class StoreCodecTest {
  private final RecordWriter out = new RecordWriter(1 << 20);

  private static byte[] bytes(ByteBuffer record) {
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    return bytes;
  }

  private static RecordReader reader(byte[] record) {
    return new RecordReader(record, () -> "record x");
  }

  private List<byte[]> records(long sequence) {
    return List.of(
        bytes(
            StoreCodec.encode(out, new StoreWrite.Cursor(OUT, StoreFixtures.cursor(sequence), 1))),
        bytes(
            StoreCodec.encode(
                out,
                new StoreWrite.Outbound(
                    StoreFixtures.header(OUT, sequence), StoreFixtures.body(sequence)))),
        bytes(StoreCodec.encode(out, StoreFixtures.inbound(sequence))),
        bytes(StoreCodec.encode(out, StoreFixtures.attestation(OUT, sequence))),
        bytes(StoreCodec.encode(out, StoreFixtures.certificate(OUT, sequence))),
        bytes(
            StoreCodec.encode(
                out, new StoreWrite.QuackFrontier(OUT, sequence, StoreFixtures.acks(sequence)))));
  }

  private static Object decode(int kind, long sequence, byte[] record) throws StoreException {
    RecordReader in = reader(record);
    return switch (kind) {
      case 0 -> StoreCodec.decodeCursor(in);
      case 1 -> StoreCodec.decodeOutbound(OUT, sequence, in);
      case 2 -> StoreCodec.decodeInbound(IN, sequence, in);
      case 3 -> StoreCodec.decodeAttestation(OUT, in);
      case 4 -> StoreCodec.decodeCertificate(OUT, in);
      default -> StoreCodec.decodeFrontier(OUT, in);
    };
  }

  @Property(tries = 100)
  void recordsComeBack(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 8) long sequence)
      throws Exception {
    List<byte[]> records = records(sequence);
    assertEquals(
        new StoreCodec.CursorRecord(StoreFixtures.cursor(sequence), 1),
        decode(0, sequence, records.get(0)));
    assertEquals(
        new StoreCodec.OutboundRecord(
            StoreFixtures.header(OUT, sequence), StoreFixtures.body(sequence)),
        decode(1, sequence, records.get(1)));
    assertEquals(StoreFixtures.inbound(sequence), decode(2, sequence, records.get(2)));
    assertEquals(StoreFixtures.attestation(OUT, sequence), decode(3, sequence, records.get(3)));
    assertEquals(StoreFixtures.certificate(OUT, sequence), decode(4, sequence, records.get(4)));
    assertEquals(
        new StoreCodec.FrontierRecord(sequence, StoreFixtures.acks(sequence)),
        decode(5, sequence, records.get(5)));
    assertEquals(
        StoreFixtures.header(IN, sequence),
        StoreCodec.decodeHeader(IN, sequence, reader(records.get(2))));
  }

  @Property(tries = 300)
  void cutOrLengthenedRecordsAreDamage(
      @ForAll @IntRange(max = 5) int kind, @ForAll @IntRange(min = 1, max = 2_000) int change) {
    byte[] record = records(9).get(kind);
    byte[] cut = Arrays.copyOf(record, record.length - Math.min(change, record.length));
    byte[] longer = Arrays.copyOf(record, record.length + change);
    assertThrows(StoreException.class, () -> decode(kind, 9, cut));
    StoreException damage = assertThrows(StoreException.class, () -> decode(kind, 9, longer));
    assertTrue(damage.getMessage().startsWith("record x is damaged"), damage.getMessage());
  }

  @Property(tries = 500)
  void randomBytesAreDamageOrARecordNeverACrash(
      @ForAll @IntRange(max = 5) int kind, @ForAll @Size(max = 400) byte[] noise) throws Exception {
    byte[] record = Arrays.copyOf(noise, Math.max(1, noise.length));
    record[0] = StoreCodec.VERSION;
    try {
      decode(kind, 9, record);
    } catch (StoreException damage) {
      assertTrue(damage.getMessage().contains("damaged"), damage.getMessage());
    }
  }

  @Property(tries = 20)
  void anUnknownRecordVersionIsNamed(@ForAll @IntRange(min = 2, max = 255) int version) {
    byte[] record = records(9).get(3);
    record[0] = (byte) version;
    StoreException damage = assertThrows(StoreException.class, () -> decode(3, 9, record));
    assertTrue(damage.getMessage().contains("version " + version), damage.getMessage());
  }
}
