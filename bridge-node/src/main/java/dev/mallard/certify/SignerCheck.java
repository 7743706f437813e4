package dev.mallard.certify;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.StakeTable;

/**
 * Whether a statement was signed by the replica that is said to have signed it. Safe for any
 * thread.
 */
public final class SignerCheck {
  private final StakeTable table;
  private final SignatureScheme scheme;

  /** By the stake table that knows the keys. */
  public SignerCheck(StakeTable table, SignatureScheme scheme) {
    this.table = table;
    this.scheme = scheme;
  }

  /** Whether replica {@code index} made the signature over the digest. */
  public boolean isSignedBy(int index, Hash32 digest, Signature signature) {
    return index >= 0
        && index < table.size()
        && scheme.recover(digest, signature).filter(table.keyOf(index)::equals).isPresent();
  }
}
