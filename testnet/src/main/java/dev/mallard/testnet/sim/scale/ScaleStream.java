package dev.mallard.testnet.sim.scale;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Signature;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * What the source transmits: a bundle of one entry in each block. Signatures are of the right size
 * and nothing else; making and checking them is not the core's work, and {@code docs/SCALE.md}
 * counts them.
 */
final class ScaleStream {
  /** About what a token transfer takes. */
  private static final int BODY_BYTES = 400;

  private final List<BundleHeader> headers = new ArrayList<>();
  private final BundleBody body = new EncodedEntries(Bytes.wrap(new byte[BODY_BYTES]));
  private final Signature signature = new Signature(Bytes.wrap(new byte[Signature.BYTES]));

  ScaleStream(int bundles) {
    for (long k = 1; k <= bundles; k++) {
      headers.add(
          new BundleHeader(
              ScalePlan.STREAM,
              k,
              Epoch.FIRST,
              k,
              hash(-k),
              k,
              k,
              k == 1 ? Hash32.ZERO : hash(k - 1),
              hash(k)));
    }
  }

  private static Hash32 hash(long value) {
    return Hash32.of(ByteBuffer.allocate(Hash32.HASH_BYTES).putLong(value).array());
  }

  BundleHeader header(long sequence) {
    return headers.get((int) sequence - 1);
  }

  BundleBody body() {
    return body;
  }

  Signature signature() {
    return signature;
  }
}
