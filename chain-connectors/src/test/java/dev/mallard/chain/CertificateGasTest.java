package dev.mallard.chain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class CertificateGasTest {
  /** A whole delivery of one transfer, as {@code ./mallard gas} reports it. */
  private static final long MEASURED = 357_600;

  private static final long MEASURED_WITH_RECEIPT = 379_800;

  /** What the Inbox holds back from a call: its constant {@code RESERVE_GAS}. */
  private static final long RESERVE = 40_000;

  /** Two slots that were zero before the stream's first delivery and receipt. */
  private static final long FIRST_USE = 2 * 17_100;

  @Test
  @Tag("DLV-1")
  void modelLeavesRoomAboveWhatIsMeasuredAndNotTwiceAsMuch() {
    long model = CertificateGas.of(100, 67);
    assertTrue(model > MEASURED_WITH_RECEIPT + RESERVE + FIRST_USE, "model " + model);
    assertTrue(model < 2 * MEASURED, "model " + model);
  }

  @Test
  @Tag("DLV-1")
  void oneLargeSignerAmongManyIsCoveredToo() {
    assertTrue(CertificateGas.of(700, 1) - CertificateGas.of(1, 1) > 699 * 50);
  }
}
