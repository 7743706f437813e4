package dev.mallard.wire;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.Signature;
import dev.mallard.stake.Hash32;
import org.apache.tuweni.bytes.Bytes;

/**
 * An attestation ([CERT-1]): {@code source, destination, epoch, sequence, count: i64; acc, header:
 * 32 bytes}.
 */
final class AttestationLayout {
  static final int BYTES = 5 * Long.BYTES + 2 * Hash32.HASH_BYTES;

  private AttestationLayout() {}

  static void write(Attestation attestation, WireWriter out) {
    out.stream(attestation.stream());
    out.epoch(attestation.epoch());
    out.i64(attestation.sequence());
    out.i64(attestation.count());
    out.hash(attestation.acc());
    out.hash(attestation.header());
  }

  static Attestation read(WireReader in) throws MalformedException {
    return new Attestation(
        in.stream(),
        in.epoch(),
        in.atLeast("sequence", 1),
        in.atLeast("count", 1),
        in.hash(),
        in.hash());
  }

  static Signature readSignature(WireReader in) throws MalformedException {
    return new Signature(Bytes.wrap(in.copy(Signature.BYTES)));
  }
}
