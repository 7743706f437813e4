package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StakeTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.apache.tuweni.bytes.Bytes;

/**
 * Several certifiers that talk over a network which loses and reorders, some of whose members lie
 * or are silent. Signatures are made up: verifying them is somebody else's task.
 */
class CertifierClusterTest {
  private static final int BUNDLES = 6;

  @Property(tries = 200)
  @Tag("CERT-2")
  @Tag("CERT-1")
  void everybodyCertifiesTheSameInWhateverOrderThingsArrive(
      @ForAll long seed, @ForAll @IntRange(max = 40) int lossPercent) {
    new Cluster(Validators.ofSource(Blocks.STREAM, 40, 30, 20, 10).table(), 0, seed, lossPercent)
        .run();
  }

  /** r is 33 of 100: replicas 2 and 3 lie or are silent, 70 remain where 67 are needed. */
  @Property(tries = 200)
  @Tag("CERT-2")
  @Tag("CERT-3")
  void liarsOfRStakeNeitherStopNorDeceive(
      @ForAll long seed, @ForAll @IntRange(max = 40) int lossPercent) {
    new Cluster(Validators.ofSource(Blocks.STREAM, 40, 30, 20, 10).table(), 2, seed, lossPercent)
        .run();
  }

  private static final class Cluster {
    private final StakeTable table;
    private final int honest;
    private final Random random;
    private final int lossPercent;
    private final List<BuiltBundle> bundles = Blocks.bundles(BUNDLES);
    private final List<Certifier> certifiers = new ArrayList<>();
    private final List<List<CertifyEffect.BundleCertified>> certified = new ArrayList<>();
    private final List<Runnable> inFlight = new ArrayList<>();
    private boolean isLossy = true;
    private long now;

    Cluster(StakeTable table, int liars, long seed, int lossPercent) {
      this.table = table;
      this.honest = table.size() - liars;
      this.random = new Random(seed);
      this.lossPercent = lossPercent;
      for (int i = 0; i < honest; i++) {
        certifiers.add(new Certifier(table, i, BUNDLES, 0));
        certified.add(new ArrayList<>());
      }
    }

    void run() {
      for (int i = 0; i < honest; i++) {
        buildAll(i, 0);
      }
      for (int liar = honest; liar < table.size(); liar++) {
        lie(liar);
      }
      settle();
      isLossy = false;
      for (int round = 0; round < 20; round++) {
        now += 1_000;
        for (int i = 0; i < honest; i++) {
          step(i, new CertifyInput.Tick());
        }
        settle();
      }
      check();
    }

    /** One after the other, at any time. */
    private void buildAll(int replica, int built) {
      if (built < BUNDLES) {
        BuiltBundle bundle = bundles.get(built);
        inFlight.add(() -> {
          step(
              replica,
              new CertifyInput.BundleDurable(bundle.header(), bundle.body(), Optional.empty()));
          buildAll(replica, built + 1);
        });
      }
    }

    /** To some the truth, to some something else, to some nothing. */
    private void lie(int liar) {
      for (BuiltBundle bundle : bundles) {
        Attestation truth = Attestations.of(bundle.header());
        Attestation lie =
            new Attestation(
                truth.stream(),
                truth.epoch(),
                truth.sequence(),
                truth.count(),
                Hash32.ZERO,
                truth.header());
        for (int i = 0; i < honest; i++) {
          for (Attestation said : random.nextBoolean() ? List.of(truth, lie) : List.of(lie)) {
            if (random.nextInt(3) > 0) {
              send(i, new CertifyInput.AttestationArrived(liar, signed(liar, said)));
            }
          }
        }
      }
    }

    private void settle() {
      while (!inFlight.isEmpty()) {
        int pick = random.nextInt(inFlight.size());
        Runnable next = inFlight.get(pick);
        inFlight.set(pick, inFlight.getLast());
        inFlight.removeLast();
        next.run();
      }
    }

    private void send(int to, CertifyInput input) {
      if (to < honest && !(isLossy && random.nextInt(100) < lossPercent)) {
        inFlight.add(() -> step(to, input));
      }
    }

    private void step(int replica, CertifyInput input) {
      certifiers.get(replica).step(now, input, effect -> carryOut(replica, effect));
    }

    private void carryOut(int replica, CertifyEffect effect) {
      switch (effect) {
        case CertifyEffect.Sign sign ->
            inFlight.add(
                () -> step(replica, new CertifyInput.Signed(signed(replica, sign.attestation()))));
        case CertifyEffect.SendAttestation send ->
            send(send.replica(), new CertifyInput.AttestationArrived(replica, send.signed()));
        case CertifyEffect.SendCertificate send ->
            send(send.replica(), new CertifyInput.CertificateArrived(send.certificate()));
        case CertifyEffect.BundleCertified made -> certified.get(replica).add(made);
        case CertifyEffect.EquivocationFound found ->
            assertTrue(found.evidence().replica() >= honest);
        case CertifyEffect.Disagreement differs -> assertTrue(differs.replica() >= honest);
      }
    }

    private void check() {
      for (List<CertifyEffect.BundleCertified> made : certified) {
        assertEquals(bundles.size(), made.size());
        for (int k = 0; k < made.size(); k++) {
          assertEquals(bundles.get(k).header(), made.get(k).bundle().header());
          checkCertificate(bundles.get(k), (Certificate) made.get(k).bundle().proof());
        }
      }
    }

    private void checkCertificate(BuiltBundle bundle, Certificate certificate) {
      assertEquals(Attestations.of(bundle.header()), certificate.attestation());
      StakeTally tally = new StakeTally(table);
      List<Signature> expected = new ArrayList<>();
      certificate.signers().stream()
          .forEach(i -> {
            tally.add(i);
            expected.add(signed(i, certificate.attestation()).signature());
          });
      assertEquals(expected, certificate.signatures());
      assertTrue(tally.reaches(new Quorum(table).certificate()), tally.toString());
    }

    private static SignedAttestation signed(int replica, Attestation attestation) {
      byte[] made = new byte[Signature.BYTES];
      attestation.acc().copyTo(made, 0);
      made[63] = (byte) replica;
      made[62] = (byte) attestation.sequence();
      return new SignedAttestation(attestation, new Signature(Bytes.wrap(made)));
    }
  }
}
