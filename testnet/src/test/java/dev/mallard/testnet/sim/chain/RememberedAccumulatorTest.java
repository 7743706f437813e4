package dev.mallard.testnet.sim.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class RememberedAccumulatorTest {
  private static final StreamId STREAM = StreamId.parse("1-2");
  private static final Bytes ACCOUNT = Bytes.wrap(new byte[20]);
  private static final OutboxEntry ENTRY =
      new OutboxEntry(3, ACCOUNT, ACCOUNT, 5, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 3));
  private static final Hash32 OTHER = Hash32.fromHex("0x" + "0c".repeat(32));

  private final RememberedAccumulator remembered = new RememberedAccumulator();

  private void assertAsComputed(StreamId stream, Hash32 before, OutboxEntry entry) {
    Hash32 computed = new KeccakAccumulator().extend(stream, before, entry);
    assertEquals(computed, remembered.extend(stream, before, entry));
    assertEquals(computed, remembered.extend(stream, before, entry));
  }

  @Test
  void itAnswersAsKeccakDoesWhateverDiffersFromWhatItRemembers() {
    Bytes else20 = ACCOUNT.not();
    List<OutboxEntry> variants =
        List.of(
            ENTRY,
            new OutboxEntry(4, ACCOUNT, ACCOUNT, 5, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, else20, ACCOUNT, 5, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, ACCOUNT, else20, 5, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, ACCOUNT, ACCOUNT, 6, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, ACCOUNT, ACCOUNT, 5, 0, 7, BigInteger.TEN, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, ACCOUNT, ACCOUNT, 5, 1, 8, BigInteger.TEN, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, ACCOUNT, ACCOUNT, 5, 1, 7, BigInteger.ONE, Bytes.of(1, 2, 3)),
            new OutboxEntry(3, ACCOUNT, ACCOUNT, 5, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 4)));
    for (OutboxEntry variant : variants) {
      assertAsComputed(STREAM, Hash32.ZERO, ENTRY);
      assertAsComputed(STREAM, Hash32.ZERO, variant);
    }
    assertAsComputed(STREAM, OTHER, ENTRY);
    assertAsComputed(STREAM.reverse(), OTHER, ENTRY);
  }

  @Test
  void anAbsurdIndexIsHashedAndForgotten() {
    assertAsComputed(
        STREAM,
        Hash32.ZERO,
        new OutboxEntry(
            Long.MAX_VALUE, ACCOUNT, ACCOUNT, 5, 1, 7, BigInteger.TEN, Bytes.of(1, 2, 3)));
  }
}
