package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.SignedAck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live replica of the destination: the node's {@link StreamReceiver}, with a verifier and a disk
 * that answer a step later.
 */
final class DestinationSeat {
  private final ScaleCluster cluster;
  private final int index;
  private final StreamReceiver receiver;
  private final Postbox<Input.Receiver> box;
  private final Recording<Input.Receiver> inputs = new Recording<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<CertifiedBundle> unsynced = new ArrayList<>();
  private final @Nullable CertifiedBundle[] disk;
  private Input.@Nullable AckArrived lastAck;
  private long held;

  DestinationSeat(ScaleCluster cluster, int index) {
    this.cluster = cluster;
    this.index = index;
    this.receiver = Cores.receiver(cluster.plan(), index);
    this.box = new Postbox<>(cluster.timeline(), this::onInputs);
    this.disk = new @Nullable CertifiedBundle[cluster.plan().bundles() + 1];
  }

  /** In its side's stake table. */
  int index() {
    return index;
  }

  /** A tick of its own phase. */
  void tick() {
    box.post(new Input.Tick(), 1);
    cluster.timeline().after(cluster.plan().parameters().tickMillis(), this::tick);
  }

  void post(Input.Receiver input, int steps) {
    box.post(input, steps);
  }

  /** Whether a bundle is on its disk. */
  boolean isHeld(long sequence) {
    return disk[(int) sequence] != null;
  }

  private void onInputs(List<Input.Receiver> batch) {
    long now = cluster.timeline().now();
    if (cluster.isRecordedDestination(index)) {
      inputs.add(now, batch);
    }
    cluster.receiverMeter().run(batch, input -> receiver.step(now, input, effects::add));
    effects.forEach(this::carryOut);
    effects.clear();
    if (!unsynced.isEmpty()) {
      box.post(new Input.BundlesJournaled(unsynced), 1);
      unsynced.forEach(bundle -> disk[(int) bundle.sequence()] = bundle);
      unsynced.clear();
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.VerifyBundle(Origin origin, OfferedBundle bundle) ->
          box.post(
              new Input.BundleVerified(
                  origin, new CertifiedBundle(bundle.header(), bundle.body(), bundle.proof())),
              1);
      case Effect.JournalBundle journal -> unsynced.add(journal.bundle());
      case Effect.BroadcastBundle broadcast -> cluster.broadcast(index, broadcast.bundle());
      case Effect.SendAck ack -> cluster.sendAck(ack.receiver(), ackOf(ack));
      case Effect.FetchBundles fetch -> cluster.sendFetch(index, fetch);
      case Effect.ServeBundles serve -> serve(serve);
      case Effect.HeldAdvanced advanced -> {
        cluster.onHeld(held, advanced.sequence());
        held = advanced.sequence();
      }
      case Effect.PeerFaulted fault ->
          throw new IllegalStateException("nobody lies here: " + fault);
      default -> {}
    }
  }

  /** The same object for all that are told the same: a sweep is one statement to many. */
  private Input.AckArrived ackOf(Effect.SendAck ack) {
    Input.AckArrived last = lastAck;
    if (last == null
        || last.cumulative() != ack.cumulative()
        || !last.phi().equals(ack.phi())
        || !last.crossing().equals(ack.crossing())) {
      SignedAck signed =
          new SignedAck(
              ScalePlan.STREAM,
              cluster.plan().destination().epoch(),
              ack.cumulative(),
              cluster.stream().signature());
      last = new Input.AckArrived(index, ack.cumulative(), ack.phi(), ack.crossing(), signed);
      lastAck = last;
    }
    return last;
  }

  private void serve(Effect.ServeBundles serve) {
    for (long k = serve.from(); k < serve.from() + serve.count(); k++) {
      CertifiedBundle bundle = disk[(int) k];
      if (bundle != null) {
        cluster.sendCopy(index, serve.replica(), bundle);
      }
    }
  }

  Recording<Input.Receiver> inputs() {
    return inputs;
  }
}
