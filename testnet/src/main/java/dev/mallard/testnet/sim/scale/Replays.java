package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.CertifyEffect;
import dev.mallard.certify.CertifyInput;

/**
 * The three state machines of a run, to be given their inputs again; effects go nowhere. Holds on
 * to nothing else of the run.
 */
record Replays(
    Replay<CertifyInput> certifier, Replay<Input.Sender> sender, Replay<Input.Receiver> receiver) {
  static Replays of(ScaleCluster cluster) {
    ScalePlan plan = cluster.plan();
    int source = cluster.recordedSource().index();
    int destination = cluster.recordedDestination().index();
    return new Replays(
        new Replay<>(
            cluster.recordedSource().certifierInputs(),
            () -> {
              Certifier certifier = Cores.certifier(plan, source);
              return (now, input) -> certifier.step(now, input, Replays::drop);
            }),
        new Replay<>(
            cluster.recordedSource().senderInputs(),
            () -> {
              StreamSender sender = Cores.sender(plan, source);
              return (now, input) -> sender.step(now, input, Replays::drop);
            }),
        new Replay<>(
            cluster.recordedDestination().inputs(),
            () -> {
              StreamReceiver receiver = Cores.receiver(plan, destination);
              return (now, input) -> receiver.step(now, input, Replays::drop);
            }));
  }

  private static void drop(Effect effect) {}

  private static void drop(CertifyEffect effect) {}
}
