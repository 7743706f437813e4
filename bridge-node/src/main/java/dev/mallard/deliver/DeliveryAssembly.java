package dev.mallard.deliver;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.bundle.EntriesCodec;
import dev.mallard.bundle.EntriesReading;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.tuweni.bytes.Bytes;

/**
 * From held bundles to one delivery: their entries beyond what the Inbox has, and the certificate
 * of the last bundle, which covers them all ([DLV-1], [CERT-2]). Any thread.
 */
public final class DeliveryAssembly {
  private final DeliveryLimits limits;
  private final EntriesCodec codec;
  private final ToLongFunction<Delivery> gas;
  private final int signersBytes;
  private final BridgeAddress payout;

  /**
   * @param gas the connector's model of what a delivery costs
   * @param validators of the source, for the length of the signers' bitmap
   * @param payout whom fees are credited to
   */
  public DeliveryAssembly(
      DeliveryLimits limits,
      EntriesCodec codec,
      ToLongFunction<Delivery> gas,
      int validators,
      BridgeAddress payout) {
    this.limits = limits;
    this.codec = codec;
    this.gas = gas;
    this.signersBytes = (validators + Byte.SIZE - 1) / Byte.SIZE;
    this.payout = payout;
  }

  /**
   * As many of the bundles, from the first on, as one transaction carries. The first goes whatever
   * it costs: it cannot be cut, and {@link DeliveryLimits#requireFor} has seen to it that it fits.
   *
   * @param acceptedCount entries that the Inbox has
   * @param bundles held ones in order, without gaps
   * @return empty when the Inbox has all of it, or the first bundle still wanted begins beyond it
   */
  public Optional<Delivery> assemble(long acceptedCount, List<CertifiedBundle> bundles) {
    Optional<Delivery> best = Optional.empty();
    List<OutboxEntry> entries = new ArrayList<>();
    long count = acceptedCount;
    int taken = 0;
    for (CertifiedBundle bundle : bundles) {
      if (bundle.header().lastIndex() <= count) {
        continue;
      }
      if (bundle.header().firstIndex() > count + 1 || taken == limits.bundlesMax()) {
        break;
      }
      entries.addAll(entriesBeyond(count, bundle));
      Delivery candidate = delivery(bundle, entries);
      if (best.isPresent() && !isWithinLimits(candidate)) {
        break;
      }
      best = Optional.of(candidate);
      count = bundle.header().lastIndex();
      taken++;
    }
    return best;
  }

  private boolean isWithinLimits(Delivery candidate) {
    return candidate.entries().size() <= limits.entriesMax()
        && bytes(candidate) <= limits.bytesMax()
        && gas.applyAsLong(candidate) <= limits.gasMax();
  }

  private static long bytes(Delivery candidate) {
    return candidate.signatures().size()
        + candidate.entries().stream()
            .mapToLong(entry -> DeliveryLimits.ENTRY_BYTES + entry.payload().size())
            .sum();
  }

  private List<OutboxEntry> entriesBeyond(long count, CertifiedBundle bundle) {
    BundleHeader header = bundle.header();
    if (!(bundle.body() instanceof EncodedEntries encoded)
        || !(codec.decode(encoded, header.firstIndex())
            instanceof EntriesReading.Decoded decoded)) {
      throw new IllegalStateException(
          "bundle %d of %s passed its verifier and cannot be decoded"
              .formatted(header.sequence(), header.stream()));
    }
    return decoded.entries().stream().filter(entry -> entry.index() > count).toList();
  }

  private Delivery delivery(CertifiedBundle last, List<OutboxEntry> entries) {
    if (!(last.proof() instanceof Certificate certificate)) {
      throw new IllegalStateException("bundle " + last.sequence() + " has no certificate");
    }
    return new Delivery(
        last.header().stream(),
        entries,
        last.header().epoch(),
        last.sequence(),
        certificate.attestation().header(),
        Bytes.wrap(Arrays.copyOf(certificate.signers().toByteArray(), signersBytes)),
        Bytes.concatenate(certificate.signatures().stream().map(Signature::compact).toList()),
        payout);
  }
}
