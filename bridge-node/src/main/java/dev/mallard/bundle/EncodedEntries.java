package dev.mallard.bundle;

import dev.mallard.c3b.stream.BundleBody;
import org.apache.tuweni.bytes.Bytes;

/**
 * A bundle's entries in their wire form (an RLP list, see EntriesCodec), so that the bytes that
 * were read from a frame are those that reach the disk, the local peers and the chain.
 */
public record EncodedEntries(Bytes encoded) implements BundleBody {
  @Override
  public int sizeBytes() {
    return encoded.size();
  }
}
