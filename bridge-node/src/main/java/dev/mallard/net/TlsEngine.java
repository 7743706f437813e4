package dev.mallard.net;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** What does the cryptography of TLS. */
public enum TlsEngine {
  /** BoringSSL through netty-tcnative: several times faster for large frames. */
  BORINGSSL(SslProvider.OPENSSL),
  /** Java's own: everywhere. */
  JDK(SslProvider.JDK);

  private final SslProvider provider;

  TlsEngine(SslProvider provider) {
    this.provider = provider;
  }

  /** The fastest that loads on this machine. */
  public static TlsEngine best() {
    return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)
        ? BORINGSSL
        : JDK;
  }

  SslProvider provider() {
    return provider;
  }
}
