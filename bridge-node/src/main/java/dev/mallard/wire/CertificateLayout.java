package dev.mallard.wire;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * A certificate ([CERT-2]): the attestation, {@code u16} length of the signers' bitmap, the bitmap
 * with bit i of byte b for index 8b + i and no zero byte at its end, then 64 bytes for each signer.
 */
final class CertificateLayout {
  static final int BITMAP_PREFIX_BYTES = 2;
  static final int BITMAP_BYTES_MAX = StakeTable.VALIDATORS_MAX / Byte.SIZE;

  private CertificateLayout() {}

  static int bytes(Certificate certificate) {
    return AttestationLayout.BYTES
        + BITMAP_PREFIX_BYTES
        + (certificate.signers().length() + Byte.SIZE - 1) / Byte.SIZE
        + certificate.signatures().size() * Signature.BYTES;
  }

  static void write(Certificate certificate, WireWriter out) {
    AttestationLayout.write(certificate.attestation(), out);
    byte[] bitmap = certificate.signers().toByteArray();
    out.u16(bitmap.length);
    out.bytes(Bytes.wrap(bitmap));
    for (Signature signature : certificate.signatures()) {
      out.bytes(signature.compact());
    }
  }

  static Certificate read(WireReader in) throws MalformedException {
    Attestation attestation = AttestationLayout.read(in);
    int bitmapBytes = in.u16();
    if (bitmapBytes > BITMAP_BYTES_MAX) {
      throw new MalformedException("a bitmap of " + bitmapBytes + " bytes");
    }
    byte[] bitmap = in.copy(bitmapBytes);
    if (bitmapBytes > 0 && bitmap[bitmapBytes - 1] == 0) {
      throw new MalformedException("a bitmap that ends in zeros");
    }
    BitSet signers = BitSet.valueOf(bitmap);
    return new Certificate(attestation, signers, readSignatures(signers.cardinality(), in));
  }

  /** All signatures share one copied array. */
  private static List<Signature> readSignatures(int count, WireReader in)
      throws MalformedException {
    byte[] all = in.copy(count * Signature.BYTES);
    List<Signature> signatures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      signatures.add(new Signature(Bytes.wrap(all, i * Signature.BYTES, Signature.BYTES)));
    }
    return signatures;
  }
}
