package dev.mallard.net;

import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A node's TLS key and the self-signed certificate that carries it. Peers know the key by its hash
 * and look at nothing else in the certificate but its validity.
 */
public final class TlsIdentity {
  /** Long enough to be forgotten, so its end is announced in status and logs before it comes. */
  public static final Duration VALIDITY = Duration.ofDays(10 * 365L);

  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 127;
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  TlsIdentity(X509Certificate certificate, PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /**
   * A new P-256 key, valid from a day before now, so that clocks may differ, for {@link #VALIDITY}.
   */
  public static TlsIdentity generate(SecureRandom random) {
    Instant from = Instant.now().minus(CLOCK_SKEW);
    return generate(random, from, from.plus(VALIDITY));
  }

  static TlsIdentity generate(SecureRandom random, Instant from, Instant until) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      KeyPair keys = generator.generateKeyPair();
      return new TlsIdentity(selfSign(keys, random, from, until), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this Java cannot make P-256 keys", e);
    }
  }

  private static X509Certificate selfSign(
      KeyPair keys, SecureRandom random, Instant from, Instant until)
      throws GeneralSecurityException, OperatorCreationException {
    X500Name name = new X500Name("CN=mallard");
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(from),
            Date.from(until),
            name,
            keys.getPublic());
    ContentSigner signer = new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  /** SHA-256 over a certificate's SubjectPublicKeyInfo: what peers pin. */
  static Hash32 publicKeyHash(X509Certificate certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Hash32.of(digest.digest(certificate.getPublicKey().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * SHA-256 over the SubjectPublicKeyInfo: the pin that goes into the registry and into peers'
   * configuration.
   */
  public Hash32 publicKeyHash() {
    return publicKeyHash(certificate);
  }

  /** From then on no peer accepts it. */
  public Instant validUntil() {
    return certificate.getNotAfter().toInstant();
  }

  X509Certificate certificate() {
    return certificate;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** Names the pin; the key stays out of logs. */
  @Override
  public String toString() {
    return "TLS key " + publicKeyHash();
  }
}
