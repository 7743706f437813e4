package dev.mallard.certify;

/** Which implementation of secp256k1 this machine has. */
public final class SignatureSchemes {
  private SignatureSchemes() {}

  /** The native one where it loads, else Bouncy Castle's. */
  public static SignatureScheme fastest() {
    try {
      return new Secp256k1Native();
    } catch (LinkageError | IllegalStateException e) {
      return new Secp256k1Java();
    }
  }
}
