package dev.mallard.app.cli;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.source.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Shakes hands with a peer just far enough to see its TLS key; sends and believes nothing. */
final class TlsDial {
  private static final int TIMEOUT_MILLIS = 4_000;
  private static final String TLS_1_3 = "TLSv1.3";

  private TlsDial() {}

  /** SHA-256 over the SubjectPublicKeyInfo of whoever listens there. */
  static Hash32 publicKeyHash(Endpoint endpoint) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      try (SSLSocket socket = secure(plain, endpoint)) {
        socket.setEnabledProtocols(new String[] {TLS_1_3});
        socket.startHandshake();
        byte[] key = socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
        return Hash32.of(MessageDigest.getInstance("SHA-256").digest(key));
      }
    } catch (GeneralSecurityException noTls) {
      throw new IOException("this Java cannot do TLS 1.3", noTls);
    }
  }

  private static SSLSocket secure(Socket plain, Endpoint endpoint)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance(TLS_1_3);
    context.init(null, new TrustManager[] {new Witness()}, null);
    return (SSLSocket)
        context.getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
  }

  /** Looks on: the caller compares the key with the pin, and nothing else is exchanged. */
  private static final class Witness extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
