package dev.mallard.c3b.harness;

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
import java.util.ArrayList;
import java.util.List;

/** What the source really transmitted, and a verifier that knows it. */
public final class FakeStream {
  /** The stream of all runs. */
  public static final StreamId ID = new StreamId(new RsmId(1), new RsmId(2));

  private static final int SIZES = 7;

  private final List<CertifiedBundle> bundles = new ArrayList<>();

  /** A body that is nothing but its size. */
  public record FakeBody(int sizeBytes, long content) implements BundleBody {}

  /** A certificate: true if it is over the bundle that carries it. */
  public record FakeProof(BundleHeader header, long content) implements BundleProof {}

  /** A signature under an ack. */
  public record FakeAck(int replica, long cumulative) implements AckProof {}

  /** A stream of so many bundles; entries and sizes vary. */
  public FakeStream(int count) {
    long index = 1;
    for (long k = 1; k <= count; k++) {
      long last = index + k % 3;
      bundles.add(bundle(header(k, index, last), 100 * (int) (k % SIZES)));
      index = last + 1;
    }
  }

  private static BundleHeader header(long sequence, long first, long last) {
    return new BundleHeader(
        ID,
        sequence,
        Epoch.FIRST,
        100 + sequence,
        hash(7),
        first,
        last,
        hash(first - 1),
        hash(last));
  }

  private static CertifiedBundle bundle(BundleHeader header, int sizeBytes) {
    return new CertifiedBundle(
        header,
        new FakeBody(sizeBytes, header.sequence()),
        new FakeProof(header, header.sequence()));
  }

  private static Hash32 hash(long value) {
    byte[] bytes = new byte[Hash32.HASH_BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
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
  public long entries(long sequence) {
    return sequence == 0 ? 0 : get(sequence).header().lastIndex();
  }

  /** Bundle k as a correct peer offers it. */
  public static OfferedBundle offered(CertifiedBundle bundle) {
    return new OfferedBundle(bundle.header(), bundle.body(), bundle.proof());
  }

  /** Whether an offered bundle is what the source transmitted under that number. */
  public boolean isTrue(OfferedBundle offered) {
    long sequence = offered.header().sequence();
    return sequence <= count() && offered.equals(offered(get(sequence)));
  }

  /** A copy with a false body under the true header. */
  public OfferedBundle withFalseBody(long sequence) {
    CertifiedBundle bundle = get(sequence);
    return new OfferedBundle(bundle.header(), new FakeBody(50, -sequence), bundle.proof());
  }

  /** A copy that claims another place among the entries. */
  public OfferedBundle withFalseHeader(long sequence) {
    BundleHeader header = get(sequence).header();
    BundleHeader moved = header(sequence, header.firstIndex() + 1, header.lastIndex() + 2);
    return new OfferedBundle(moved, new FakeBody(50, sequence), new FakeProof(moved, -1));
  }
}
