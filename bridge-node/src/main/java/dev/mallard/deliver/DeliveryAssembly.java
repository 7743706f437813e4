package dev.mallard.deliver;

import dev.mallard.bundle.BundleLimits;
import dev.mallard.bundle.EncodedEntries;
import dev.mallard.bundle.EntriesCodec;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.chain.CertificateGas;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * Puts held bundles together for one transaction: all their entries, and the last one's certificate
 * ([DLV-1]).
 */
public final class DeliveryAssembly {
  /**
   * Call data of the entries: chain nodes take transactions of 128 KiB, and the certificate needs
   * room.
   */
  static final long ENTRIES_BYTES_MAX = 100 * 1024;

  /**
   * An entry in call data beside its payload: offset, eight fields, the payload's length and
   * padding.
   */
  private static final long ENTRY_BYTES = 11 * 32;

  private final DeliveryLimits limits;
  private final BridgeAddress payout;
  private final List<OutboxEntry> entries = new ArrayList<>();
  private long entriesGas;
  private long entriesBytes;
  private Optional<CertifiedBundle> last = Optional.empty();

  /** An empty one. */
  public DeliveryAssembly(DeliveryLimits limits, BridgeAddress payout) {
    this.limits = limits;
    this.payout = payout;
  }

  /**
   * Takes the next bundle; false when there is no room for it any more. The first one always fits.
   */
  public boolean add(CertifiedBundle bundle) {
    List<OutboxEntry> more =
        EntriesCodec.decode(
                ((EncodedEntries) bundle.body()).encoded(),
                bundle.header().firstIndex(),
                bundle.header().entryCount())
            .orElseThrow(() -> new IllegalStateException("a held bundle cannot be read"));
    long gas = entriesGas + more.stream().mapToLong(BundleLimits::gasOf).sum();
    long bytes =
        entriesBytes + more.stream().mapToLong(e -> ENTRY_BYTES + e.payload().size()).sum();
    boolean fits =
        entries.size() + more.size() <= limits.entriesMax()
            && bytes <= ENTRIES_BYTES_MAX
            && gas + certificateGas(bundle) <= limits.gasMax();
    if (last.isPresent() && !fits) {
      return false;
    }
    entries.addAll(more);
    entriesGas = gas;
    entriesBytes = bytes;
    last = Optional.of(bundle);
    return true;
  }

  private static long certificateGas(CertifiedBundle bundle) {
    Certificate certificate = (Certificate) bundle.proof();
    return CertificateGas.of(
        (long) certificate.signers().toByteArray().length * Byte.SIZE,
        certificate.signatures().size());
  }

  /** The delivery; empty if no bundle was added. */
  public Optional<Delivery> delivery() {
    return last.map(this::delivery);
  }

  private Delivery delivery(CertifiedBundle bundle) {
    Certificate certificate = (Certificate) bundle.proof();
    return new Delivery(
        bundle.header().stream(),
        entries,
        bundle.header().epoch(),
        bundle.sequence(),
        certificate.attestation().header(),
        Bytes.wrap(certificate.signers().toByteArray()),
        Bytes.concatenate(
            certificate.signatures().stream().map(Signature::compact).toArray(Bytes[]::new)),
        payout);
  }
}
