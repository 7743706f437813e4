package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.ack.AckProof;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.BundleProof;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the source of a small world transmits: bundles of one entry each that come with their
 * certificate, and the false copies that a liar can make of them. Nobody can forge a certificate,
 * so the verifier knows a false copy from a true one.
 */
public final class WorldStream {
  /** The stream of all worlds. */
  public static final StreamId ID = new StreamId(new RsmId(1), new RsmId(2));

  private static final int BODY_BYTES = 100;

  private final List<CertifiedBundle> bundles;

  private record Body(long content, int sizeBytes) implements BundleBody {}

  private record Proof(long content) implements BundleProof {}

  /** A signature under an ack: certain to be its replica's. */
  record Signature(int replica, long cumulative) implements AckProof {}

  /** A stream of so many bundles. */
  WorldStream(int count) {
    this.bundles =
        LongStream.rangeClosed(1, count)
            .mapToObj(k -> new CertifiedBundle(header(k, k), new Body(k, BODY_BYTES), new Proof(k)))
            .toList();
  }

  private static BundleHeader header(long sequence, long entry) {
    return new BundleHeader(
        ID, sequence, Epoch.FIRST, sequence, hash(7), entry, entry, hash(entry - 1), hash(entry));
  }

  private static Hash32 hash(long value) {
    byte[] bytes = new byte[Hash32.HASH_BYTES];
    bytes[0] = (byte) value;
    bytes[Hash32.HASH_BYTES - 1] = 1;
    return Hash32.of(bytes);
  }

  /** How many bundles the source transmits in all. */
  public long count() {
    return bundles.size();
  }

  /** Bundle k, as transmitted. */
  public CertifiedBundle get(long sequence) {
    return bundles.get((int) sequence - 1);
  }

  /** Entries up to bundle k. */
  long entries(long sequence) {
    return sequence;
  }

  /** Bundle k as a correct peer offers it. */
  OfferedBundle copy(long sequence) {
    CertifiedBundle bundle = get(sequence);
    return new OfferedBundle(bundle.header(), bundle.body(), bundle.proof());
  }

  /** A copy with other entries under the true header; only the verifier can tell. */
  OfferedBundle falseBody(long sequence) {
    return new OfferedBundle(
        get(sequence).header(), new Body(-sequence, BODY_BYTES), get(sequence).proof());
  }

  /** A copy that claims another place among the entries. */
  OfferedBundle falseHeader(long sequence) {
    return new OfferedBundle(
        header(sequence, sequence + 1), new Body(sequence, BODY_BYTES), get(sequence).proof());
  }

  /** Whether an offered bundle is what the source transmitted under that number. */
  public boolean isTrue(OfferedBundle offered) {
    long sequence = offered.header().sequence();
    return sequence <= count() && offered.equals(copy(sequence));
  }
}
