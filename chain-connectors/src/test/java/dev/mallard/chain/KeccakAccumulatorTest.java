package dev.mallard.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

class KeccakAccumulatorTest {
  private static final StreamId STREAM = new StreamId(new RsmId(31337), new RsmId(31338));

  private final KeccakAccumulator accumulator = new KeccakAccumulator();

  @Test
  @org.junit.jupiter.api.Tag("OUT-1")
  void keccakIsTheOneOfEthereum() {
    assertEquals(
        Hash32.fromHex("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        KeccakAccumulator.keccak(new byte[0]));
  }

  @Property(tries = 200)
  @Tag("OUT-1")
  void equalsWhatAnAbiEncoderAndAnotherKeccakCompute(
      @ForAll @LongRange(min = 1) long index,
      @ForAll @Size(20) byte[] sender,
      @ForAll @Size(20) byte[] recipient,
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long gasLimit,
      @ForAll byte flags,
      @ForAll long deadline,
      @ForAll @Size(12) byte[] fee,
      @ForAll @Size(max = 200) byte[] payload,
      @ForAll @Size(32) byte[] acc) {
    OutboxEntry entry =
        new OutboxEntry(
            index,
            Bytes.wrap(sender),
            Bytes.wrap(recipient),
            gasLimit,
            flags & 0xff,
            deadline,
            new BigInteger(1, fee),
            Bytes.wrap(payload));

    assertEquals(expected(acc, entry), accumulator.extend(STREAM, Hash32.of(acc), entry).toHex());
  }

  private static String expected(byte[] acc, OutboxEntry entry) {
    String words =
        new DefaultFunctionEncoder()
            .encodeParameters(
                List.of(
                    new Uint256(STREAM.source().value()),
                    new Uint256(STREAM.destination().value()),
                    new Uint256(entry.index()),
                    new Address(entry.sender().toHexString()),
                    new Address(entry.recipient().toHexString()),
                    new Uint256(entry.gasLimit()),
                    new Uint256(entry.flags()),
                    new Uint256(new BigInteger(Long.toUnsignedString(entry.deadlineSeconds()))),
                    new Uint256(entry.fee()),
                    new Bytes32(Hash.sha3(entry.payload().toArray()))));
    byte[] entryHash = Hash.sha3(Numeric.hexStringToByteArray(words));
    return Numeric.toHexString(
        Hash.sha3(Bytes.concatenate(Bytes.wrap(acc), Bytes.wrap(entryHash)).toArray()));
  }

  @Test
  @org.junit.jupiter.api.Tag("OUT-1")
  void everyFieldAndTheStreamMatter() {
    OutboxEntry entry = entry(7, 1);
    Hash32 hash = accumulator.entryHash(STREAM, entry);
    assertNotEquals(hash, accumulator.entryHash(STREAM.reverse(), entry));
    assertNotEquals(hash, accumulator.entryHash(STREAM, entry(8, 1)));
    assertNotEquals(hash, accumulator.entryHash(STREAM, entry(7, 2)));
  }

  @Test
  void anAccountLongerThanAWordHasNoPlace() {
    OutboxEntry entry =
        new OutboxEntry(
            1,
            Bytes.wrap(new byte[33]),
            Bytes.wrap(new byte[20]),
            0,
            0,
            0,
            BigInteger.ZERO,
            Bytes.EMPTY);
    assertThrows(IllegalArgumentException.class, () -> accumulator.entryHash(STREAM, entry));
  }

  private static OutboxEntry entry(long index, int flags) {
    return new OutboxEntry(
        index,
        Bytes.wrap(new byte[20]),
        Bytes.wrap(new byte[20]),
        5,
        flags,
        0,
        BigInteger.TEN,
        Bytes.of(1, 2));
  }
}
