package dev.mallard.chain;

/**
 * What a delivery costs on an EVM chain before its entries, from above: one model for the gas limit
 * of a transaction and for what is put into one. Measured by {@code ./mallard gas}: 67 of 100
 * validators cost 4.3k gas each and all the rest below 75k, of which the reserve and a first
 * receipt are not part.
 */
public final class CertificateGas {
  /**
   * The transaction, the stream's new state, its event, a receipt entry (in slots that may have
   * been zero), what the Inbox holds back from calls.
   */
  private static final long BASE = 200_000;

  /** Two bits of call data at their highest price, a row of the table, a look at it. */
  private static final long PER_VALIDATOR = 64;

  /** A call of the precompile and what stands around it; measured 3,263. */
  private static final long PER_SIGNER = 3_500;

  /** A signature's bytes in call data, none of them zero, at their highest price (EIP-7623). */
  private static final long SIGNATURE_CALL_DATA = 64 * 40;

  private CertificateGas() {}

  /**
   * An upper bound.
   *
   * @param validators that the certificate's bitmap reaches, signers or not
   * @param signers whose signatures it carries
   */
  public static long of(long validators, long signers) {
    return BASE + validators * PER_VALIDATOR + signers * (PER_SIGNER + SIGNATURE_CALL_DATA);
  }
}
