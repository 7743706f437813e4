package dev.mallard.replica;

import dev.mallard.bundle.BuiltBundle;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.CertifyEffect;
import dev.mallard.certify.CertifyInput;
import dev.mallard.certify.EquivocationEvidence;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.certify.SignerCheck;
import dev.mallard.net.PeerTransport;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives {@link Certifier} for one stream: signs, verifies what peers signed, gossips, keeps
 * evidence. On the stream's loop.
 */
final class Certification {
  private static final Logger LOG = LoggerFactory.getLogger(Certification.class);

  private final StreamId stream;
  private final Certifier certifier;
  private final BridgeKey key;
  private final AttestationDigest digests;
  private final SignerCheck signers;
  private final CertificateVerifier certificates;
  private final PeerTransport peers;
  private final StreamJournal evidence;
  private final Workers workers;
  private final PeerFaults faults;
  private final Topology topology;

  /** Signatures that the workers had no room for; bounded by the bundles that are not quacked. */
  private final ArrayDeque<Attestation> unsigned = new ArrayDeque<>();

  private StreamLoop loop;
  private CertifiedSink certified;

  /** Takes certified bundles in order. */
  interface CertifiedSink {
    /** Whether {@code isNew}, the certificate has to be written down. */
    void onCertified(CertifiedBundle bundle, boolean isNew);
  }

  Certification(
      StreamId stream,
      Certifier certifier,
      BridgeKey key,
      AttestationDigest digests,
      SignerCheck signers,
      CertificateVerifier certificates,
      PeerTransport peers,
      Journal journal,
      Workers workers,
      PeerFaults faults,
      Topology topology,
      StreamLoop loop,
      CertifiedSink certified) {
    this.stream = stream;
    this.certifier = certifier;
    this.key = key;
    this.digests = digests;
    this.signers = signers;
    this.certificates = certificates;
    this.peers = peers;
    this.evidence = new StreamJournal(journal, loop);
    this.workers = workers;
    this.faults = faults;
    this.topology = topology;
    this.loop = loop;
    this.certified = certified;
  }

  // --- from any thread ---

  boolean onAttestation(int replica, SignedAttestation signed, Runnable done) {
    return workers.offer(
        () -> {
          boolean valid =
              signers.isSignedBy(replica, digests.of(signed.attestation()), signed.signature());
          if (!valid) {
            faults.count(topology.local(replica), PeerFault.BAD_SIGNATURE);
          }
          take(valid, new CertifyInput.AttestationArrived(replica, signed), done);
        },
        done);
  }

  boolean onCertificate(int replica, Certificate certificate, Runnable done) {
    return workers.offer(
        () -> {
          boolean valid = certificates.isValid(certificate);
          if (!valid) {
            faults.count(topology.local(replica), PeerFault.BAD_CERTIFICATE);
          }
          take(valid, new CertifyInput.CertificateArrived(certificate), done);
        },
        done);
  }

  /** Peers repeat what finds no room, so it may be dropped; {@code done} runs in any case. */
  private void take(boolean isValid, CertifyInput input, Runnable done) {
    if (!isValid || !loop.offer(() -> step(input), done)) {
      done.run();
    }
  }

  // --- on the loop ---

  void onBuilt(List<BuiltBundle> bundles) {
    for (BuiltBundle bundle : bundles) {
      step(new CertifyInput.BundleDurable(bundle.header(), bundle.body(), Optional.empty()));
    }
  }

  void onRecovered(RecoveredSource.Outbound bundle) {
    step(new CertifyInput.BundleDurable(bundle.header(), bundle.body(), bundle.certificate()));
  }

  void onPeerConnected(int replica) {
    step(new CertifyInput.PeerConnected(replica));
  }

  void onQuacked(long sequence) {
    step(new CertifyInput.Quacked(sequence));
  }

  void onTick() {
    while (!unsigned.isEmpty() && offerSigning(unsigned.peek())) {
      unsigned.remove();
    }
    evidence.onTick();
    step(new CertifyInput.Tick());
  }

  /** Whether every bundle that was built is signed and certified, and no evidence waits. */
  boolean isIdle() {
    return unsigned.isEmpty() && certifier.uncertified() == 0 && evidence.isIdle();
  }

  /** On whom the oldest uncertified bundle waits; empty if none does. */
  List<Integer> missing() {
    return certifier.missingForOldest();
  }

  /** Bundles that something is remembered of. */
  int remembered() {
    return certifier.remembered();
  }

  /** Bundles that no worker had room to sign, and evidence that the disk had none for. */
  int waiting() {
    return unsigned.size() + evidence.waiting();
  }

  private void step(CertifyInput input) {
    certifier.step(loop.nowMillis(), input, this::carryOut);
  }

  private void carryOut(CertifyEffect effect) {
    switch (effect) {
      case CertifyEffect.Sign sign -> {
        if (!unsigned.isEmpty() || !offerSigning(sign.attestation())) {
          unsigned.add(sign.attestation());
        }
      }
      case CertifyEffect.SendAttestation send ->
          peers.send(
              topology.local(send.replica()), new PeerMessage.AttestationMessage(send.signed()));
      case CertifyEffect.SendCertificate send ->
          peers.send(
              topology.local(send.replica()),
              new PeerMessage.CertificateMessage(send.certificate()));
      case CertifyEffect.BundleCertified made -> certified.onCertified(made.bundle(), made.isNew());
      case CertifyEffect.EquivocationFound found -> keep(found.evidence());
      case CertifyEffect.Disagreement differs ->
          LOG.warn(
              "stream {}: replica {} attests another bundle {} than was built here; it is not counted. If more do, compare the"
                  + " chain nodes",
              stream,
              differs.replica(),
              differs.own().sequence());
    }
  }

  private boolean offerSigning(Attestation attestation) {
    return workers.offer(
        () -> {
          SignedAttestation signed =
              new SignedAttestation(attestation, key.sign(digests.of(attestation)));
          loop.post(() -> step(new CertifyInput.Signed(signed)));
        },
        () -> loop.post(() -> unsigned.add(attestation)));
  }

  private void keep(EquivocationEvidence found) {
    faults.count(topology.local(found.replica()), PeerFault.EQUIVOCATION);
    LOG.error(
        "stream {}: replica {} signed two different statements for bundle {}; the evidence is kept",
        stream,
        found.replica(),
        found.one().attestation().sequence());
    evidence.commit(
        List.of(new StoreWrite.Evidence(stream, found.replica(), found.one(), found.other())),
        () -> {});
  }
}
