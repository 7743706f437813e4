package dev.mallard.net;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** What an operator should read when a connection fails. */
final class TlsFailure {
  private static final int DEPTH_MAX = 10;
  private static final int LENGTH_MAX = 300;

  private TlsFailure() {}

  static String reason(Throwable error) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < DEPTH_MAX; depth++) {
      if (at instanceof CertificateException) {
        return text(at);
      }
      at = at.getCause();
    }
    if (error instanceof SSLException) {
      return "TLS failed, perhaps the peer does not know this node's key: " + text(error);
    }
    return text(error);
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    String text = message == null ? error.getClass().getSimpleName() : message;
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
  }
}
