package dev.mallard.testnet.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.Signature;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class SimSignaturesTest {
  private static final Hash32 DIGEST = Hash32.fromHex("0x" + "5a".repeat(32));
  private final SimSignatures scheme = new SimSignatures();
  private final BridgeKey key = BridgeKey.of(scheme, SimSignatures.privateKey(7, 3));

  @Test
  void theSignerIsRecovered() {
    assertEquals(Optional.of(key.address()), scheme.recover(DIGEST, key.sign(DIGEST)));
  }

  @Test
  void anyChangedBitSpoilsASignature() {
    byte[] good = key.sign(DIGEST).compact().toArray();
    for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
      byte[] bad = good.clone();
      bad[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertEquals(
          Optional.empty(), scheme.recover(DIGEST, new Signature(Bytes.wrap(bad))), "bit " + bit);
    }
  }

  @Test
  void aSignatureFitsOneDigest() {
    byte[] bytes = DIGEST.toBytes();
    for (int at = 0; at < bytes.length; at++) {
      byte[] other = bytes.clone();
      other[at] ^= 1;
      assertEquals(Optional.empty(), scheme.recover(Hash32.of(other), key.sign(DIGEST)));
    }
  }

  @Test
  void everyReplicaHasItsOwnKey() {
    Set<BridgeAddress> seen = new HashSet<>();
    for (long rsm = 1; rsm <= 20; rsm++) {
      for (int replica = 0; replica < 1000; replica++) {
        seen.add(scheme.addressOf(SimSignatures.privateKey(rsm, replica)));
      }
    }
    assertEquals(20_000, seen.size());
    assertNotEquals(BridgeAddress.ZERO, key.address());
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> scheme.addressOf(new byte[31]));
  }
}
