package dev.mallard.chain.evm;

import java.util.Locale;

/** What an endpoint said to a signed transaction; nodes differ in words, not in cases. */
enum SendVerdict {
  /** It is in the pool, or was already. */
  ACCEPTED,
  /** The nonce is used up: read the count again. */
  NONCE_USED,
  /** Another transaction with that nonce pays more, or the chain asks for more. */
  UNDERPRICED,
  /** The balance is too low. */
  CANNOT_PAY,
  /** Anything else. */
  REFUSED;

  static SendVerdict of(RpcAnswer answer) {
    if (!(answer instanceof RpcAnswer.Failure failure)) {
      return ACCEPTED;
    }
    String text = failure.message().toLowerCase(Locale.ROOT);
    if (text.contains("already known")
        || text.contains("already imported")
        || text.contains("known transaction")
        || text.contains("already in mempool")
        || text.contains("already exists in")) {
      return ACCEPTED;
    }
    if (text.contains("nonce too low") || text.contains("invalid nonce")) {
      return NONCE_USED;
    }
    if (text.contains("underpriced")
        || text.contains("less than block base fee")
        || text.contains("fee too low")
        || text.contains("insufficient fee")) {
      return UNDERPRICED;
    }
    return text.contains("insufficient funds") ? CANNOT_PAY : REFUSED;
  }
}
