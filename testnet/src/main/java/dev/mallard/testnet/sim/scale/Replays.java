package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.CertifyEffect;
import dev.mallard.certify.CertifyInput;

/** The three state machines of a run, to be given their inputs again; effects go nowhere. */
final class Replays {
  private Replays() {}

  static Replay<CertifyInput> certifier(ScaleCluster cluster) {
    int self = cluster.plan().crashedSources().nextClearBit(0);
    return new Replay<>(
        cluster.recordedSource().certifierInputs(),
        () -> {
          Certifier certifier = Cores.certifier(cluster.plan(), self);
          return (now, input) -> certifier.step(now, input, Replays::drop);
        });
  }

  static Replay<Input.Sender> sender(ScaleCluster cluster) {
    int self = cluster.plan().crashedSources().nextClearBit(0);
    return new Replay<>(
        cluster.recordedSource().senderInputs(),
        () -> {
          StreamSender sender = Cores.sender(cluster.plan(), self);
          return (now, input) -> sender.step(now, input, Replays::drop);
        });
  }

  static Replay<Input.Receiver> receiver(ScaleCluster cluster) {
    int self = cluster.plan().crashedDestinations().nextClearBit(0);
    return new Replay<>(
        cluster.recordedDestination().inputs(),
        () -> {
          StreamReceiver receiver = Cores.receiver(cluster.plan(), self);
          return (now, input) -> receiver.step(now, input, Replays::drop);
        });
  }

  private static void drop(Effect effect) {}

  private static void drop(CertifyEffect effect) {}
}
