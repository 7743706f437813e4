package dev.mallard.chain.evm;

import dev.mallard.chain.CertificateGas;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;

/**
 * The Inbox's cost from above: a certificate ({@link CertificateGas}), call data at its highest
 * price, each entry's bookkeeping, and for each entry the gas that its sender asked for plus the
 * 64th that a call keeps back (EIP-150).
 */
public final class InboxGas implements DeliveryGas {
  private static final long PER_ENTRY = 70_000;

  /** A receipt: the Inbox' {@code RECEIPT_GAS} for the application, and its own bookkeeping. */
  private static final long SYSTEM_ENTRY_CALL = 300_000;

  /** Price of a non-zero byte under EIP-7623, its copy to memory and its hash. */
  private static final long PER_BYTE = 48;

  private static final long ENTRY_HEAD_BYTES = 10 * 32;
  private static final long SIGNATURE_BYTES = 64;

  @Override
  public long gasLimit(Delivery delivery) {
    long gas =
        CertificateGas.of(
            (long) delivery.signers().size() * Byte.SIZE,
            delivery.signatures().size() / SIGNATURE_BYTES);
    for (OutboxEntry entry : delivery.entries()) {
      long bytes = ENTRY_HEAD_BYTES + entry.payload().size();
      boolean system = (entry.flags() & OutboxEntry.SYSTEM) != 0;
      long call = system ? SYSTEM_ENTRY_CALL : entry.gasLimit();
      gas += PER_ENTRY + bytes * PER_BYTE + call + call / 62 + 1;
    }
    return gas;
  }
}
