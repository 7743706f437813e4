package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class CertificateCallDataTest {
  private static final String R = "11".repeat(32);

  private static String s(String firstByte) {
    return firstByte + "22".repeat(31);
  }

  @Test
  @Tag("CERT-2")
  void paritiesStandWithTheirValidators() {
    // Validators 0, 5 and 9; the second one's point is odd.
    Bytes bitmap = Bytes.fromHexString("0x2102");
    Bytes compact = Bytes.fromHexString(R + s("7f") + R + s("ff") + R + s("01"));
    CertificateCallData data = CertificateCallData.of(bitmap, compact);
    assertEquals(Bytes.fromHexString("0x803020"), data.signers());
    assertEquals(Bytes.fromHexString(R + s("7f") + R + s("7f") + R + s("01")), data.signatures());
    assertEquals(Bytes.fromHexString(R + s("7f") + R + s("ff") + R + s("01")), compact);
  }

  @Test
  void whatIsMissingOrTooMuchIsLeftToTheInbox() {
    CertificateCallData none = CertificateCallData.of(Bytes.of(1), Bytes.EMPTY);
    assertEquals(Bytes.fromHexString("0x80"), none.signers());
    assertEquals(Bytes.EMPTY, none.signatures());
    CertificateCallData more =
        CertificateCallData.of(Bytes.of(0), Bytes.fromHexString(R + s("ff")));
    assertEquals(Bytes.EMPTY, more.signers());
    assertEquals(Bytes.fromHexString(R + s("ff")), more.signatures());
  }
}
