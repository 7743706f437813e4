package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.StreamSender;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.CertifyEffect;
import dev.mallard.certify.CertifyInput;
import dev.mallard.certify.SignedAttestation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A live replica of the source: the node's {@link Certifier} and {@link StreamSender}. */
final class SourceSeat {
  private final ScaleCluster cluster;
  private final int index;
  private final Certifier certifier;
  private final StreamSender sender;
  private final Postbox<CertifyInput> certifierBox;
  private final Postbox<Input.Sender> senderBox;
  private final Recording<CertifyInput> certifierInputs = new Recording<>();
  private final Recording<Input.Sender> senderInputs = new Recording<>();
  private final List<CertifyEffect> certifyEffects = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private long built;
  private long quacked;

  SourceSeat(ScaleCluster cluster, int index) {
    this.cluster = cluster;
    this.index = index;
    this.certifier = Cores.certifier(cluster.plan(), index);
    this.sender = Cores.sender(cluster.plan(), index);
    this.certifierBox = new Postbox<>(cluster.timeline(), this::onCertifierInputs);
    this.senderBox = new Postbox<>(cluster.timeline(), this::onSenderInputs);
  }

  /** In its side's stake table. */
  int index() {
    return index;
  }

  /** A tick of its own phase. */
  void tick() {
    certifierBox.post(new CertifyInput.Tick(), 1);
    senderBox.post(new Input.Tick(), 1);
    readChain();
    cluster.timeline().after(cluster.plan().parameters().tickMillis(), this::tick);
  }

  /** Takes what the chain has finalized, as far as the window lets it ([SEND-2]). */
  void readChain() {
    while (sender.isIntakeOpen() && built < cluster.finalizedBundles()) {
      built++;
      certifierBox.post(
          new CertifyInput.BundleDurable(
              cluster.stream().header(built), cluster.stream().body(), Optional.empty()),
          1);
    }
  }

  void post(CertifyInput input, int steps) {
    certifierBox.post(input, steps);
  }

  void post(Input.Sender input, int steps) {
    senderBox.post(input, steps);
  }

  private void onCertifierInputs(List<CertifyInput> inputs) {
    long now = cluster.timeline().now();
    if (cluster.isRecordedSource(index)) {
      certifierInputs.add(now, inputs);
    }
    cluster.certifierMeter().run(inputs, input -> certifier.step(now, input, certifyEffects::add));
    certifyEffects.forEach(this::carryOut);
    certifyEffects.clear();
  }

  private void carryOut(CertifyEffect effect) {
    switch (effect) {
      case CertifyEffect.Sign sign ->
          certifierBox.post(
              new CertifyInput.Signed(
                  new SignedAttestation(sign.attestation(), cluster.stream().signature())),
              1);
      case CertifyEffect.SendAttestation send ->
          cluster.sendAttestation(index, send.replica(), send.signed());
      case CertifyEffect.SendCertificate send ->
          cluster.sendCertificate(send.replica(), send.certificate());
      case CertifyEffect.BundleCertified certified -> {
        cluster.onCertified(certified.bundle().sequence());
        senderBox.post(new Input.BundleCertified(certified.bundle()), 1);
      }
      case CertifyEffect.EquivocationFound found ->
          throw new IllegalStateException("nobody lies here: " + found);
      case CertifyEffect.Disagreement found ->
          throw new IllegalStateException("nobody lies here: " + found);
    }
  }

  private void onSenderInputs(List<Input.Sender> inputs) {
    long now = cluster.timeline().now();
    if (cluster.isRecordedSource(index)) {
      senderInputs.add(now, inputs);
    }
    cluster.senderMeter().run(inputs, input -> sender.step(now, input, effects::add));
    effects.forEach(this::carryOut);
    effects.clear();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.SendBundle send -> cluster.sendAcross(index, send);
      case Effect.SendAnnounce announce -> cluster.sendAnnounce(index, announce);
      case Effect.QuackAdvanced quack -> {
        certifierBox.post(new CertifyInput.Quacked(quack.quacked()), 1);
        cluster.onQuacked(quacked, quack.quacked());
        quacked = quack.quacked();
      }
      default -> {}
    }
  }

  Recording<CertifyInput> certifierInputs() {
    return certifierInputs;
  }

  Recording<Input.Sender> senderInputs() {
    return senderInputs;
  }
}
