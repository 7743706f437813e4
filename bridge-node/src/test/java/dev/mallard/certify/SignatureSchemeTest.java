package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SignatureSchemeTest {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final SignatureScheme fast = new Secp256k1Native();
  private final SignatureScheme portable = new Secp256k1Java();

  @Test
  void theNativeLibraryIsThereOnThisPlatform() {
    assertInstanceOf(Secp256k1Native.class, SignatureSchemes.fastest());
  }

  /** The first account of every development chain. */
  @Test
  void addressesAreThoseOfEthereum() {
    byte[] secret =
        Bytes.fromHexString("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
            .toArray();
    BridgeAddress expected = BridgeAddress.fromHex("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    assertEquals(expected, fast.addressOf(secret));
    assertEquals(expected, portable.addressOf(secret));
  }

  @Property(tries = 100)
  void bothSchemesSignAlikeAndRecoverEachOther(
      @ForAll @Size(32) byte[] digestBytes, @ForAll @IntRange(min = 1, max = 60_000) int number) {
    Hash32 digest = Hash32.of(digestBytes);
    byte[] secret = Validators.key(number).exportPrivateKey();
    Signature signature = fast.sign(digest, secret);
    assertEquals(signature, portable.sign(digest, secret));
    assertEquals(Optional.of(fast.addressOf(secret)), fast.recover(digest, signature));
    assertEquals(Optional.of(fast.addressOf(secret)), portable.recover(digest, signature));
  }

  @Property(tries = 300)
  void bothSchemesAgreeOnGarbage(@ForAll @Size(32) byte[] digest, @ForAll @Size(64) byte[] bytes) {
    Signature signature = new Signature(Bytes.wrap(bytes));
    assertEquals(
        fast.recover(Hash32.of(digest), signature), portable.recover(Hash32.of(digest), signature));
  }

  /**
   * EIP-2098 has 255 bits for s, a little more than n/2: nearly every twin has no compact form, the
   * others are refused.
   */
  @Test
  void valuesOutsideTheGroupAreRefused() {
    Hash32 digest = Hash32.of(new byte[32]);
    byte[] order = Bytes.wrap(ORDER.toByteArray()).slice(1).toArray();
    byte[] justAboveHalf =
        Bytes.wrap(ORDER.shiftRight(1).add(BigInteger.ONE).toByteArray()).toArray();
    byte[] one = Hash32.fromHex(String.format(java.util.Locale.ROOT, "0x%064x", 1)).toBytes();
    byte[] zero = new byte[32];
    List<Bytes> bad =
        List.of(
            Bytes.concatenate(Bytes.wrap(zero), Bytes.wrap(one)),
            Bytes.concatenate(Bytes.wrap(one), Bytes.wrap(zero)),
            Bytes.concatenate(Bytes.wrap(order), Bytes.wrap(one)),
            Bytes.concatenate(Bytes.wrap(one), Bytes.wrap(justAboveHalf)));
    for (Bytes bytes : bad) {
      assertEquals(
          Optional.empty(), fast.recover(digest, new Signature(bytes)), bytes.toHexString());
      assertEquals(
          Optional.empty(), portable.recover(digest, new Signature(bytes)), bytes.toHexString());
    }
  }

  @Test
  void whatIsNoPrivateKeyIsRefused() {
    byte[] order = Bytes.wrap(ORDER.toByteArray()).slice(1).toArray();
    for (SignatureScheme scheme : List.of(fast, portable)) {
      for (byte[] secret : List.of(new byte[32], order, new byte[31], new byte[33])) {
        assertThrows(IllegalArgumentException.class, () -> BridgeKey.of(scheme, secret));
      }
    }
  }
}
