package dev.mallard.net;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Ends a handshake with anybody but a known peer. Names, issuers and extensions don't count: the
 * key does. TLS itself proves that the other side has the key.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final PinTable pins;
  private final Consumer<PinVerdict> onRefused;

  /**
   * Trusts the table.
   *
   * @param onRefused told of every refusal, on whatever thread shakes hands
   */
  PinnedTrust(PinTable pins, Consumer<PinVerdict> onRefused) {
    this.pins = pins;
    this.onRefused = onRefused;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    PinVerdict verdict = pins.checkCertificate(chain[0]);
    switch (verdict) {
      case PinVerdict.Known known -> {}
      case PinVerdict.Stranger stranger -> {
        onRefused.accept(stranger);
        throw new CertificateException(stranger.reason());
      }
      case PinVerdict.OutOfDate outOfDate -> {
        onRefused.accept(outOfDate);
        throw new CertificateException(outOfDate.reason());
      }
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  /** None: every certificate here is its own issuer. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
