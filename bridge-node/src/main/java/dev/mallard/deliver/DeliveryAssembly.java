package dev.mallard.deliver;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.bundle.EntriesCodec;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
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
   * What an entry costs beyond the gas its sender gave it; the Inbox keeps some back for itself.
   */
  private static final long ENTRY_OVERHEAD_GAS = 60_000;

  private final DeliveryLimits limits;
  private final BridgeAddress payout;
  private final List<OutboxEntry> entries = new ArrayList<>();
  private long gas;
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
    long moreGas = more.stream().mapToLong(e -> e.gasLimit() + ENTRY_OVERHEAD_GAS).sum();
    boolean fits =
        entries.size() + more.size() <= limits.entriesMax() && gas + moreGas <= limits.gasMax();
    if (last.isPresent() && !fits) {
      return false;
    }
    entries.addAll(more);
    gas += moreGas;
    last = Optional.of(bundle);
    return true;
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
