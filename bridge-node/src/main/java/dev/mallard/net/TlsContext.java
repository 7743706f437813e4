package dev.mallard.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes the TLS layers of connections: version 1.3, a certificate from both sides, no resumption.
 */
final class TlsContext {
  private static final String TLS_1_3 = "TLSv1.3";

  private final SslContext server;
  private final SslContext client;
  private final int handshakeMillis;

  TlsContext(
      TlsEngine engine, TlsIdentity identity, X509ExtendedTrustManager trust, int handshakeMillis) {
    this.handshakeMillis = handshakeMillis;
    try {
      server =
          common(
                  SslContextBuilder.forServer(identity.privateKey(), identity.certificate())
                      .clientAuth(ClientAuth.REQUIRE),
                  engine,
                  trust)
              .build();
      client =
          common(
                  SslContextBuilder.forClient()
                      .keyManager(identity.privateKey(), identity.certificate()),
                  engine,
                  trust)
              .build();
    } catch (SSLException e) {
      throw new IllegalStateException(engine + " cannot do TLS 1.3 with this key", e);
    }
  }

  private static SslContextBuilder common(
      SslContextBuilder builder, TlsEngine engine, X509ExtendedTrustManager trust) {
    return builder
        .sslProvider(engine.provider())
        .protocols(TLS_1_3)
        .trustManager(trust)
        .endpointIdentificationAlgorithm(null);
  }

  SslHandler newServerHandler(ByteBufAllocator allocator) {
    return withDeadline(server.newHandler(allocator));
  }

  SslHandler newClientHandler(ByteBufAllocator allocator) {
    return withDeadline(client.newHandler(allocator));
  }

  private SslHandler withDeadline(SslHandler handler) {
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    return handler;
  }
}
