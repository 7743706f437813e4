package dev.mallard.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.rlp.RLP;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EntriesCodecTest {
  private final BuiltBundle bundle = Blocks.bundleOf(3);

  @Property(tries = 2000)
  @net.jqwik.api.Tag("RECV-1")
  void garbageIsTurnedDownWithoutAnException(@ForAll @Size(max = 300) byte[] garbage) {
    assertTrue(EntriesCodec.decode(Bytes.wrap(garbage), 1, 1).isEmpty());
  }

  @Property(tries = 2000)
  @net.jqwik.api.Tag("RECV-1")
  @net.jqwik.api.Tag("G-1")
  void whateverIsChangedTheEntriesAreOthersOrNone(
      @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] bytes = bundle.body().encoded().toArray();
    bytes[at % bytes.length] ^= (byte) flip;
    Optional<List<OutboxEntry>> decoded = EntriesCodec.decode(Bytes.wrap(bytes), 1, 3);
    assertTrue(decoded.isEmpty() || !decoded.get().equals(bundle.entries()));
  }

  @Test
  @Tag("RECV-1")
  void truncatedAndExtendedBodiesAreTurnedDown() {
    Bytes body = bundle.body().encoded();
    for (int length = 0; length < body.size(); length++) {
      assertTrue(EntriesCodec.decode(body.slice(0, length), 1, 3).isEmpty());
    }
    assertTrue(EntriesCodec.decode(Bytes.concatenate(body, Bytes.of(0)), 1, 3).isEmpty());
  }

  @Test
  @Tag("RECV-1")
  void entriesMustBeThoseThatTheHeaderSpeaksOf() {
    Bytes body = bundle.body().encoded();
    assertEquals(bundle.entries(), EntriesCodec.decode(body, 1, 3).orElseThrow());
    assertTrue(EntriesCodec.decode(body, 2, 3).isEmpty());
    assertTrue(EntriesCodec.decode(body, 1, 2).isEmpty());
    assertTrue(EntriesCodec.decode(body, 1, 4).isEmpty());
    assertTrue(EntriesCodec.decode(body, 1, Long.MAX_VALUE).isEmpty());
  }

  /**
   * Such a body hashes like the true one, would be certified by the same certificate, and could not
   * be submitted.
   */
  @Test
  @Tag("G-1")
  void anAccountWithZerosBeforeItIsTurnedDownThoughItHashesAlike() {
    OutboxEntry honest = bundle.entries().getFirst();
    OutboxEntry padded =
        new OutboxEntry(
            honest.index(),
            Bytes.concatenate(Bytes.of(0), honest.sender()),
            honest.recipient(),
            honest.gasLimit(),
            honest.flags(),
            honest.deadlineSeconds(),
            honest.fee(),
            honest.payload());
    KeccakAccumulator accumulator = new KeccakAccumulator();
    assertEquals(
        accumulator.entryHash(Blocks.STREAM, honest), accumulator.entryHash(Blocks.STREAM, padded));
    assertTrue(EntriesCodec.decode(EntriesCodec.encode(List.of(padded)).encoded(), 1, 1).isEmpty());
  }

  @Test
  @Tag("RECV-1")
  void fieldsBeyondTheContractsTypesAreTurnedDown() {
    assertTrue(decode(fields(1, 256, BigInteger.ONE, 20)).isEmpty());
    assertTrue(decode(fields(1, 1, BigInteger.ONE.shiftLeft(96), 20)).isEmpty());
    assertTrue(decode(fields(1, 1, BigInteger.ONE, 19)).isEmpty());
    assertTrue(
        decode(fields(1, 255, BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE), 20))
            .isPresent());
  }

  private static Optional<List<OutboxEntry>> decode(Bytes body) {
    return EntriesCodec.decode(body, 1, 1);
  }

  private static Bytes fields(long index, int flags, BigInteger fee, int accountBytes) {
    return RLP.encodeList(all ->
        all.writeList(w -> {
          w.writeLong(index);
          w.writeValue(Bytes.repeat((byte) 7, accountBytes));
          w.writeValue(Bytes.repeat((byte) 8, accountBytes));
          w.writeLong(21_000);
          w.writeInt(flags);
          w.writeBigInteger(BigInteger.ZERO);
          w.writeBigInteger(fee);
          w.writeValue(Bytes.EMPTY);
        }));
  }
}
