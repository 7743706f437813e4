package dev.mallard.net;

import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Puts TLS under plain sockets. Not left to Vert.x, which shows a server's connection only once its
 * handshake is done: those before that must be counted too.
 */
final class TlsSockets {
  private static final String HANDLER = "tls";

  private final TlsContext tls;
  private final PinTable pins;

  TlsSockets(TlsContext tls, PinTable pins) {
    this.tls = tls;
    this.pins = pins;
  }

  /** For a socket that was just accepted, before anything was read from it. */
  void secureAccepted(
      NetSocketInternal socket, Consumer<PinVerdict> onSecured, Consumer<Throwable> onFailed) {
    var allocator = socket.channelHandlerContext().alloc();
    secure(socket, tls.newServerHandler(allocator), onSecured, onFailed);
  }

  /** For a socket that was just connected. */
  void secureDialed(
      NetSocketInternal socket, Consumer<PinVerdict> onSecured, Consumer<Throwable> onFailed) {
    var allocator = socket.channelHandlerContext().alloc();
    secure(socket, tls.newClientHandler(allocator), onSecured, onFailed);
  }

  private void secure(
      NetSocketInternal socket,
      SslHandler handler,
      Consumer<PinVerdict> onSecured,
      Consumer<Throwable> onFailed) {
    socket.messageHandler(ReferenceCountUtil::release);
    handler
        .handshakeFuture()
        .addListener(handshake -> {
          if (handshake.isSuccess()) {
            identify(handler, onSecured, onFailed);
          } else {
            onFailed.accept(handshake.cause());
          }
        });
    socket.channelHandlerContext().pipeline().addFirst(HANDLER, handler);
  }

  /**
   * Asks the table again: a session may have been resumed, and the trust manager not been asked.
   */
  private void identify(
      SslHandler handler, Consumer<PinVerdict> onSecured, Consumer<Throwable> onFailed) {
    try {
      Certificate[] chain = handler.engine().getSession().getPeerCertificates();
      if (chain[0] instanceof X509Certificate certificate) {
        onSecured.accept(pins.checkCertificate(certificate));
      }
    } catch (SSLPeerUnverifiedException e) {
      onFailed.accept(e);
    }
  }
}
