package dev.mallard.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.BundleLimits;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Validators;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.evm.InboxGas;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeliveryAssemblyTest {
  private static final BridgeAddress PAYOUT =
      BridgeAddress.fromHex("0x00000000000000000000000000000000000000aa");

  private final Validators validators = Validators.ofSource(Blocks.STREAM, 40, 30, 20, 10);

  private CertifiedBundle certified(BuiltBundle bundle) {
    return new CertifiedBundle(
        bundle.header(), bundle.body(), validators.certificate(bundle, 0, 1, 3));
  }

  private static DeliveryAssembly assembly(long gasMax, int entriesMax) {
    return new DeliveryAssembly(new DeliveryLimits(gasMax, entriesMax, 5), PAYOUT);
  }

  @Test
  @Tag("DLV-1")
  @Tag("CERT-2")
  void theLastBundlesCertificateCoversAllOfThem() {
    List<BuiltBundle> bundles = Blocks.bundles(3);
    DeliveryAssembly assembly = assembly(12_000_000, 256);
    bundles.forEach(bundle -> assertTrue(assembly.add(certified(bundle))));

    Delivery delivery = assembly.delivery().orElseThrow();
    Certificate last = validators.certificate(bundles.getLast(), 0, 1, 3);
    assertEquals(bundles.stream().flatMap(b -> b.entries().stream()).toList(), delivery.entries());
    assertEquals(3, delivery.sequence());
    assertEquals(last.attestation().header(), delivery.header());
    assertEquals(last.attestation().count(), delivery.lastIndex());
    assertEquals(Bytes.of(0b1011), delivery.signers());
    assertEquals(
        Bytes.concatenate(last.signatures().stream().map(s -> s.compact()).toList()),
        delivery.signatures());
    assertEquals(PAYOUT, delivery.payout());
  }

  @Test
  @Tag("DLV-1")
  void bundlesAreTakenAsLongAsTheyFitAndTheFirstAlways() {
    List<BuiltBundle> bundles = Blocks.bundles(3);
    DeliveryAssembly byEntries = assembly(12_000_000, 2);
    assertTrue(byEntries.add(certified(bundles.get(0))));
    assertTrue(byEntries.add(certified(bundles.get(1))));
    assertFalse(byEntries.add(certified(bundles.get(2))));
    assertEquals(2, byEntries.delivery().orElseThrow().sequence());

    DeliveryAssembly byGas = assembly(500_000, 256);
    assertTrue(byGas.add(certified(Blocks.bundleOf(10))));
  }

  @Test
  void nothingAddedIsNoDelivery() {
    assertEquals(Optional.empty(), assembly(12_000_000, 256).delivery());
  }

  @Test
  @Tag("DLV-1")
  void theConnectorGivesNoMoreGasThanTheLimit() {
    DeliveryAssembly assembly = assembly(12_000_000, 256);
    for (BuiltBundle bundle : greedy(20)) {
      if (!assembly.add(certified(bundle))) {
        break;
      }
    }
    long gas = new InboxGas().gasLimit(assembly.delivery().orElseThrow());
    assertTrue(gas <= 12_000_000, "gas " + gas);
  }

  @Test
  @Tag("DLV-1")
  void noTransactionGrowsBeyondWhatNodesTake() {
    DeliveryAssembly assembly = assembly(1_000_000_000, 10_000);
    List<OutboxEntry> entries =
        IntStream.rangeClosed(1, 64).mapToObj(i -> Blocks.entry(i, 8_000, 0)).toList();
    List<BuiltBundle> bundles =
        Blocks.builder(BundleLimits.V1).build(0, Hash32.ZERO, List.of(Blocks.block(1, entries)));
    for (BuiltBundle bundle : bundles) {
      assembly.add(certified(bundle));
    }
    int payload =
        assembly.delivery().orElseThrow().entries().stream()
            .mapToInt(e -> e.payload().size())
            .sum();
    assertTrue(
        payload >= 64_000 && payload <= DeliveryAssembly.ENTRIES_BYTES_MAX, "payload " + payload);
  }

  private static List<BuiltBundle> greedy(int entries) {
    return Blocks.builder(BundleLimits.V1)
        .build(
            0,
            Hash32.ZERO,
            List.of(
                Blocks.block(
                    1,
                    IntStream.rangeClosed(1, entries)
                        .mapToObj(i -> Blocks.entry(i, 100, 1_000_000))
                        .toList())));
  }
}
