package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.BundleProof;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {
  private final Validators validators = Validators.ofSource(Blocks.STREAM, 40, 30, 20, 10);
  private final BuiltBundle bundle = Blocks.bundleOf(3);
  private final CountingScheme scheme = new CountingScheme();
  private final CertificateVerifier verifier = verifier(validators.digests());

  private CertificateVerifier verifier(AttestationDigest digests) {
    return new CertificateVerifier(validators.table(), digests, scheme, new KeccakAccumulator());
  }

  @Test
  @Tag("RECV-1")
  @Tag("CERT-2")
  void aBundleWithEnoughStakeBehindItPasses() {
    BundleVerdict.Verified verified =
        assertInstanceOf(
            BundleVerdict.Verified.class,
            verifier.verify(offered(validators.certificate(bundle, 0, 1))));
    assertEquals(bundle.entries(), verified.entries());
    assertEquals(bundle.header(), verified.bundle().header());
  }

  @Test
  @Tag("CERT-2")
  void stakeBelowTheThresholdIsRefused() {
    refused(PeerFault.BAD_CERTIFICATE, offered(validators.certificate(bundle, 0, 2)));
    refused(PeerFault.BAD_CERTIFICATE, offered(validators.certificate(bundle)));
    assertInstanceOf(
        BundleVerdict.Verified.class,
        verifier.verify(offered(validators.certificate(bundle, 0, 2, 3))));
  }

  @Test
  @Tag("RECV-1")
  @Tag("G-1")
  void whoeverCarriesABundleCannotChangeItsHeader() {
    Certificate certificate = validators.certificate(bundle, 0, 1);
    BundleHeader h = bundle.header();
    List<BundleHeader> forged =
        List.of(
            new BundleHeader(
                h.stream(), 2, h.epoch(), 100, h.blockHash(), 1, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 99, h.blockHash(), 1, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 100, Hash32.ZERO, 1, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream().reverse(),
                1,
                h.epoch(),
                100,
                h.blockHash(),
                1,
                3,
                h.accBefore(),
                h.accAfter()));
    for (BundleHeader header : forged) {
      assertInstanceOf(
          BundleVerdict.Refused.class,
          verifier.verify(new OfferedBundle(header, bundle.body(), certificate)));
    }
    BundleHeader nextEpoch =
        new BundleHeader(
            h.stream(), 1, h.epoch().next(), 100, h.blockHash(), 1, 3, h.accBefore(), h.accAfter());
    refused(PeerFault.UNKNOWN_EPOCH, new OfferedBundle(nextEpoch, bundle.body(), certificate));
  }

  @Test
  @Tag("RECV-1")
  @Tag("G-1")
  void aBodyOtherThanTheCertifiedOneIsRefused() {
    Certificate certificate = validators.certificate(bundle, 0, 1);
    byte[] changed = bundle.body().encoded().toArray();
    changed[changed.length - 1] ^= 1;
    for (BundleBody body :
        List.of(
            new EncodedEntries(Bytes.wrap(changed)),
            new EncodedEntries(Bytes.EMPTY),
            Blocks.bundleOf(2).body(),
            new ForeignBody())) {
      refused(PeerFault.BROKEN_HASH_CHAIN, new OfferedBundle(bundle.header(), body, certificate));
    }
  }

  @Test
  @Tag("RECV-1")
  void signaturesOfOthersStrangersChainsAndInboxesAreRefused() {
    Certificate good = validators.certificate(bundle, 0, 1);
    Signature stranger = Validators.key(99).sign(validators.digests().of(good.attestation()));
    BitSet beyond = new BitSet();
    beyond.set(0);
    beyond.set(4);
    BitSet signers = good.signers();
    List<Certificate> bad =
        List.of(
            new Certificate(
                good.attestation(), signers, List.of(good.signatures().get(0), stranger)),
            new Certificate(good.attestation(), signers, good.signatures().reversed()),
            new Certificate(
                good.attestation(), signers, Collections.nCopies(2, good.signatures().get(0))),
            new Certificate(good.attestation(), beyond, good.signatures()));
    bad.forEach(certificate -> refused(PeerFault.BAD_CERTIFICATE, offered(certificate)));

    CertificateVerifier elsewhere =
        verifier(new AttestationDigest(Blocks.STREAM.destination(), BridgeAddress.ZERO));
    assertInstanceOf(BundleVerdict.Refused.class, elsewhere.verify(offered(good)));
    refused(
        PeerFault.BAD_CERTIFICATE,
        new OfferedBundle(bundle.header(), bundle.body(), new ForeignProof()));
  }

  @Test
  @Tag("RECV-1")
  void theSignaturesOfACertificateAreVerifiedOnce() {
    verifier.verify(offered(validators.certificate(bundle, 0, 1)));
    int once = scheme.recoveries.get();
    verifier.verify(offered(validators.certificate(bundle, 0, 1)));
    assertEquals(once, scheme.recoveries.get());
    verifier.verify(offered(validators.certificate(bundle, 0, 1, 2)));
    assertEquals(once + 3, scheme.recoveries.get());
  }

  @Property(tries = 200)
  @net.jqwik.api.Tag("CERT-2")
  void aCertificateIsValidJustWhenItsSignersHoldAllButU(
      @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 50) Integer> stakes,
      @ForAll @IntRange(max = 127) int mask) {
    long[] units = stakes.stream().mapToLong(Integer::longValue).toArray();
    Validators some = Validators.ofSource(Blocks.STREAM, units);
    int[] signers = IntStream.range(0, units.length).filter(i -> (mask >> i & 1) == 1).toArray();
    long total = IntStream.range(0, units.length).mapToLong(i -> units[i]).sum();
    long held = IntStream.of(signers).mapToLong(i -> units[i]).sum();
    CertificateVerifier ofSome =
        new CertificateVerifier(
            some.table(), some.digests(), some.scheme(), new KeccakAccumulator());
    assertEquals(
        held >= total - (total - 1) / 3, ofSome.isValid(some.certificate(bundle, signers)));
  }

  @Test
  @Tag("CERT-3")
  @Tag("G-6")
  void twoStatementsForOneCountConvictWhoSignedBoth() {
    Attestation a = Attestations.of(bundle.header());
    Attestation b =
        new Attestation(a.stream(), a.epoch(), a.sequence(), a.count(), Hash32.ZERO, a.header());
    assertTrue(
        isProof(new EquivocationEvidence(1, validators.attest(1, a), validators.attest(1, b))));
    assertFalse(
        isProof(new EquivocationEvidence(1, validators.attest(1, a), validators.attest(1, a))));
    assertFalse(
        isProof(new EquivocationEvidence(1, validators.attest(1, a), validators.attest(2, b))));
    assertFalse(
        isProof(new EquivocationEvidence(7, validators.attest(1, a), validators.attest(1, b))));
    Attestation later = new Attestation(a.stream(), a.epoch(), 2, 9, Hash32.ZERO, a.header());
    assertFalse(
        isProof(new EquivocationEvidence(1, validators.attest(1, a), validators.attest(1, later))));
  }

  private boolean isProof(EquivocationEvidence evidence) {
    return evidence.isProof(validators.table(), validators.digests(), validators.scheme());
  }

  private OfferedBundle offered(Certificate certificate) {
    return new OfferedBundle(bundle.header(), bundle.body(), certificate);
  }

  private void refused(PeerFault fault, OfferedBundle offered) {
    assertEquals(new BundleVerdict.Refused(fault), verifier.verify(offered));
  }

  private static final class ForeignBody implements BundleBody {
    @Override
    public int sizeBytes() {
      return 1;
    }
  }

  private static final class ForeignProof implements BundleProof {}

  private static final class CountingScheme implements SignatureScheme {
    private final SignatureScheme real = SignatureSchemes.fastest();
    private final AtomicInteger recoveries = new AtomicInteger();

    @Override
    public Signature sign(Hash32 digest, byte[] privateKey) {
      return real.sign(digest, privateKey);
    }

    @Override
    public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
      recoveries.incrementAndGet();
      return real.recover(digest, signature);
    }

    @Override
    public BridgeAddress addressOf(byte[] privateKey) {
      return real.addressOf(privateKey);
    }
  }
}
