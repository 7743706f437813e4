package dev.mallard.net;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.EncodedFrame;
import dev.mallard.wire.FrameCodec;
import dev.mallard.wire.PeerMessage;
import dev.mallard.wire.WireFormat;
import dev.mallard.wire.WireLimits;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A peer made of nothing but a blocking socket, for what no correct peer does. */
final class RawPeer implements AutoCloseable {
  private static final int READ_MILLIS_MAX = 20_000;
  private static final FrameCodec CODEC = new FrameCodec(WireLimits.defaults());

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_MILLIS_MAX);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
  }

  /** TCP only. */
  static RawPeer plain(int port) throws IOException {
    return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** TCP and a TLS handshake, by a client that trusts anybody. */
  static RawPeer tls(int port, @Nullable TlsIdentity identity) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys(identity), new TrustManager[] {new TrustingAnybody()}, null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
      RawPeer peer = new RawPeer(socket);
      socket.startHandshake();
      return peer;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** TLS and a Hello in both directions. */
  static RawPeer greeted(int port, TlsIdentity identity, ReplicaId id) throws IOException {
    RawPeer peer = tls(port, identity);
    peer.send(List.of(hello(id)));
    peer.readFrame();
    return peer;
  }

  static PeerMessage.Hello hello(ReplicaId id) {
    return new PeerMessage.Hello(WireFormat.VERSION, id.rsm(), id.index(), Epoch.FIRST);
  }

  private static KeyManager @Nullable [] keys(@Nullable TlsIdentity identity)
      throws GeneralSecurityException, IOException {
    if (identity == null) {
      return null;
    }
    char[] password = Long.toString(new SecureRandom().nextLong()).toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {identity.certificate()};
    store.setKeyEntry("key", identity.privateKey(), password, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  void send(List<PeerMessage> messages) throws IOException {
    EncodedFrame frame = CODEC.encode(messages);
    for (byte[] part : frame.parts()) {
      out.write(part);
    }
    out.flush();
  }

  void sendBytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  byte[] readFrame() throws IOException {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return content;
  }

  /** Reads on until the other side has ended the connection; fails if it does not. */
  void awaitClosed() {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the node keeps the connection", e);
    } catch (IOException expected) {
      // An alert or a reset: closed all the same.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class TrustingAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
