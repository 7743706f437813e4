package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class IdentityPropertyTest {

  @Property
  void streamIdReadsWhatItWrites(
      @ForAll @LongRange(min = 1) long source, @ForAll @LongRange(min = 1) long destination) {
    if (source != destination) {
      StreamId stream = new StreamId(new RsmId(source), new RsmId(destination));
      assertEquals(stream, StreamId.parse(stream.toString()));
      assertEquals(stream, stream.reverse().reverse());
      assertNotEquals(stream, stream.reverse());
    }
  }

  @Property
  void hashesRoundTripAndOrderAsUnsignedNumbers(
      @ForAll @Size(Hash32.HASH_BYTES) byte[] one, @ForAll @Size(Hash32.HASH_BYTES) byte[] other) {
    Hash32 hash = Hash32.of(one);
    assertArrayEquals(one, hash.toBytes());
    assertEquals(hash, Hash32.fromHex(hash.toHex()));
    assertEquals(hash.hashCode(), Hash32.fromHex(hash.toHex()).hashCode());
    assertEquals(Arrays.equals(one, other), hash.equals(Hash32.of(other)));
    assertEquals(
        Integer.signum(new BigInteger(1, one).compareTo(new BigInteger(1, other))),
        Integer.signum(hash.compareTo(Hash32.of(other))));
  }

  @Property
  void addressesRoundTripAndOrderAsUnsignedNumbers(
      @ForAll @Size(BridgeAddress.ADDRESS_BYTES) byte[] one,
      @ForAll @Size(BridgeAddress.ADDRESS_BYTES) byte[] other) {
    BridgeAddress address = BridgeAddress.of(one);
    assertArrayEquals(one, address.toBytes());
    assertEquals(address, BridgeAddress.fromHex(address.toHex()));
    assertEquals(Arrays.equals(one, other), address.equals(BridgeAddress.of(other)));
    assertEquals(
        Integer.signum(new BigInteger(1, one).compareTo(new BigInteger(1, other))),
        Integer.signum(address.compareTo(BridgeAddress.of(other))));
  }
}
