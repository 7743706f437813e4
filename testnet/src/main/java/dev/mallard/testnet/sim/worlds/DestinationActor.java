package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A correct replica of the destination: the real {@link StreamReceiver}, a verifier, and a disk
 * that has what it was handed only after an fsync. It starts again as the node does: with the
 * headers of what is on the disk.
 */
final class DestinationActor implements Actor {
  private final World world;
  private final WorldStream stream;
  private final Ports ports;
  private final int replica;
  private final int index;

  private final Map<Long, CertifiedBundle> disk = new TreeMap<>();
  private final List<CertifiedBundle> unsynced = new ArrayList<>();
  private final Deque<Effect.VerifyBundle> verifying = new ArrayDeque<>();
  private final Deque<Input.Receiver> answers = new ArrayDeque<>();
  private @Nullable StreamReceiver core;
  private long now;

  DestinationActor(World world, WorldStream stream, Ports ports, int replica) {
    this.world = world;
    this.stream = stream;
    this.ports = ports;
    this.replica = replica;
    this.index = world.indexOf(replica);
    this.core = newCore();
    this.core.step(now, new Input.Tick(), effect -> {});
  }

  private StreamReceiver newCore() {
    return new StreamReceiver(
        WorldStream.ID,
        world.parameters(),
        index,
        ports.source(world.source()),
        ports.destination(world.destination()),
        0,
        0,
        disk.values().stream().map(CertifiedBundle::header).toList());
  }

  @Override
  public void take(Happening happening, Witness witness) {
    switch (happening) {
      case Happening.Ticks ticks -> {
        now += world.quantumMillis();
        step(new Input.Tick(), witness);
      }
      case Happening.Arrives arrives -> onMessage(arrives.message(), witness);
      case Happening.Verifies verifies -> step(verdict(verifying.remove()), witness);
      case Happening.Syncs syncs -> onSynced(witness);
      case Happening.Crashes crashes -> {
        core = null;
        unsynced.clear();
        verifying.clear();
      }
      case Happening.Restarts restarts -> {
        core = newCore();
        step(new Input.Tick(), witness);
      }
      case Happening.Certifies certifies ->
          throw new IllegalStateException("a destination certifies");
    }
  }

  private void onSynced(Witness witness) {
    List<CertifiedBundle> batch = List.copyOf(unsynced);
    unsynced.clear();
    batch.forEach(bundle -> disk.put(bundle.sequence(), bundle));
    List<CertifiedBundle> news =
        batch.stream().filter(b -> ports.reportedAtOnce(b).isEmpty()).toList();
    if (!news.isEmpty()) {
      step(new Input.BundlesJournaled(news), witness);
    }
  }

  private void onMessage(Message message, Witness witness) {
    int from = world.indexOf(message.from());
    switch (message.saying()) {
      case Saying.Crossing crossing -> {
        step(new Input.Announced(from, crossing.top(), crossing.quacked()), witness);
        OfferedBundle copy = copy(crossing.sequence(), crossing.copy());
        step(new Input.BundleOffered(new Origin.Remote(from), copy), witness);
      }
      case Saying.LocalCopy local -> {
        OfferedBundle copy = copy(local.sequence(), local.copy());
        step(new Input.BundleOffered(new Origin.Local(from), copy), witness);
      }
      case Saying.Announcement announced ->
          step(new Input.Announced(from, announced.top(), announced.quacked()), witness);
      case Saying.Fetch fetch ->
          step(new Input.FetchAsked(from, fetch.from(), fetch.count()), witness);
      case Saying.Ack ack -> throw new IllegalStateException("not for a destination: " + message);
    }
  }

  private OfferedBundle copy(long sequence, Saying.Copy copy) {
    return switch (copy) {
      case TRUE -> stream.copy(sequence);
      case FALSE_BODY -> stream.falseBody(sequence);
      case FALSE_HEADER -> stream.falseHeader(sequence);
    };
  }

  private void step(Input.Receiver input, Witness witness) {
    StreamReceiver receiver = core;
    if (receiver == null) {
      return;
    }
    try {
      receiver.step(now, input, effect -> carryOut(effect, witness));
      while (!answers.isEmpty()) { // what answers at once answers after the step that asked
        receiver.step(now, answers.remove(), effect -> carryOut(effect, witness));
      }
    } catch (IllegalStateException broken) {
      witness.onBreach("an invariant of the core: " + broken.getMessage());
    }
    if (receiver.held() > stream.count()) {
      witness.onBreach("[G-1] " + name() + " holds up to " + receiver.held());
    }
  }

  private void carryOut(Effect effect, Witness witness) {
    switch (effect) {
      case Effect.VerifyBundle verify -> {
        if (world.network().isVerifierApart()) {
          verifying.add(verify);
        } else {
          answers.add(verdict(verify));
        }
      }
      case Effect.JournalBundle journal -> onJournal(journal.bundle(), witness);
      case Effect.BroadcastBundle broadcast -> onBroadcast(broadcast.bundle(), witness);
      case Effect.SendAck ack -> onAck(ports.ack(ack), witness);
      case Effect.FetchBundles fetch -> {
        witness.onDone("asks d" + fetch.replica() + " for bundle " + fetch.from());
        witness.onSent(
            new Message(
                replica,
                world.destinationAt(fetch.replica()),
                new Saying.Fetch(fetch.from(), fetch.count())));
      }
      case Effect.ServeBundles serve -> onServe(serve, witness);
      case Effect.HeldAdvanced held -> {
        witness.onDone("delivers up to " + held.sequence());
        if (held.sequence() > durable()) {
          witness.onBreach(
              "[G-3] " + name() + " delivers bundle " + held.sequence() + " before it is durable");
        }
      }
      case Effect.PeerFaulted faulted -> witness.onDone("turns it down: " + faulted.fault());
      default -> {}
    }
  }

  private Input.Receiver verdict(Effect.VerifyBundle verify) {
    OfferedBundle offered = verify.bundle();
    return ports.isGenuine(offered, stream)
        ? new Input.BundleVerified(
            verify.origin(), new CertifiedBundle(offered.header(), offered.body(), offered.proof()))
        : new Input.BundleRefused(verify.origin(), offered, PeerFault.BAD_CERTIFICATE);
  }

  private void onJournal(CertifiedBundle bundle, Witness witness) {
    if (bundle.sequence() > stream.count() || !bundle.equals(stream.get(bundle.sequence()))) {
      witness.onBreach("[G-1] " + name() + " takes a false bundle " + bundle.sequence());
    }
    witness.onDone("hands bundle " + bundle.sequence() + " to its disk");
    unsynced.add(bundle);
    List<CertifiedBundle> reported = ports.reportedAtOnce(bundle);
    if (!reported.isEmpty()) {
      answers.add(new Input.BundlesJournaled(reported));
    }
  }

  private void onBroadcast(CertifiedBundle bundle, Witness witness) {
    witness.onDone("broadcasts bundle " + bundle.sequence());
    if (!disk.containsKey(bundle.sequence())) {
      witness.onBreach(
          "[RECV-2] "
              + name()
              + " broadcasts bundle "
              + bundle.sequence()
              + " before it is durable");
    }
    for (int peer = 0; peer < world.destinations(); peer++) {
      if (peer != index && ports.isBroadcastTo(peer)) {
        sendCopy(peer, bundle.sequence(), witness);
      }
    }
  }

  private void onServe(Effect.ServeBundles serve, Witness witness) {
    for (long k = serve.from(); k < serve.from() + serve.count(); k++) {
      if (disk.containsKey(k)) {
        witness.onDone("serves bundle " + k + " to d" + serve.replica());
        sendCopy(serve.replica(), k, witness);
      }
    }
  }

  private void sendCopy(int peer, long sequence, Witness witness) {
    witness.onSent(
        new Message(
            replica, world.destinationAt(peer), new Saying.LocalCopy(sequence, Saying.Copy.TRUE)));
  }

  private void onAck(Effect.SendAck ack, Witness witness) {
    witness.onDone("acknowledges up to " + ack.cumulative() + " to s" + ack.receiver());
    checkDurable(ack.cumulative(), ack.phi(), witness);
    witness.onSent(
        new Message(
            replica,
            world.sourceAt(ack.receiver()),
            new Saying.Ack(ack.cumulative(), ack.phi(), ack.crossing())));
  }

  private void checkDurable(long cumulative, PhiList phi, Witness witness) {
    if (cumulative > durable()) {
      witness.onBreach(
          "[G-3] " + name() + " acknowledges bundle " + cumulative + ", which is not durable");
    }
    if (phi.length() > world.parameters().phiBits() || phi.isHeld(0)) {
      witness.onBreach("[ACK-1] a malformed phi-list " + phi);
    }
    for (int i = 0; i < phi.length(); i++) {
      if (phi.isHeld(i) && !disk.containsKey(cumulative + 1 + i)) {
        witness.onBreach(
            "[G-3] "
                + name()
                + " claims bundle "
                + (cumulative + 1 + i)
                + ", which is not durable");
      }
    }
  }

  private long durable() {
    long last = 0;
    while (disk.containsKey(last + 1)) {
      last++;
    }
    return last;
  }

  private String name() {
    return world.nameOf(replica);
  }

  @Override
  public Outlook outlook() {
    StreamReceiver receiver = core;
    if (receiver == null) {
      return Outlook.ofDestination(false, false, false, 0, durable(), 0, false);
    }
    return Outlook.ofDestination(
        true,
        !unsynced.isEmpty(),
        !verifying.isEmpty(),
        receiver.held(),
        durable(),
        receiver.status().announcedQuacked(),
        receiver.held() == stream.count());
  }

  @Override
  public void describeState(StateSink sink) {
    disk.keySet().forEach(sink::put);
    sink.put(-1);
    unsynced.forEach(bundle -> sink.put(bundle.sequence()));
    sink.put(-1);
    for (Effect.VerifyBundle verify : verifying) {
      sink.put(verify.origin() instanceof Origin.Remote);
      sink.put(verify.origin().replica());
      sink.putValue(verify.bundle());
    }
    sink.put(-1);
    StreamReceiver receiver = core;
    sink.put(receiver != null);
    if (receiver != null) {
      receiver.describeState(sink);
    }
  }
}
