package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.StreamSender;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.schedule.Schedule;
import dev.mallard.c3b.stream.CertifiedBundle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A correct replica of the source: the real {@link StreamSender} and a disk that remembers bundles
 * and the quack frontier. It starts again as the node does: from the durable frontier, with what
 * the disk holds beyond it.
 */
final class SourceActor implements Actor {
  private final World world;
  private final WorldStream stream;
  private final Ports ports;
  private final Schedule schedule;
  private final Turns turns;
  private final int replica;
  private final int index;
  private final int liar;

  private @Nullable StreamSender core;
  private long now;
  private long certified;
  private long quackedOnDisk;
  private long quackedUnsynced;

  /** Bit k · destinations + j: an ack of a correct j that shows k missing arrived in this life. */
  private final BitSet missedByCorrect = new BitSet();

  /**
   * @param schedule as its core computes it
   * @param turns as they really are
   */
  SourceActor(
      World world,
      WorldStream stream,
      Ports ports,
      Schedule schedule,
      Turns turns,
      int replica,
      int liar) {
    this.world = world;
    this.stream = stream;
    this.ports = ports;
    this.schedule = schedule;
    this.turns = turns;
    this.replica = replica;
    this.index = world.indexOf(replica);
    this.liar = liar;
    start(new Silence());
  }

  /** Of the very first start nobody hears. */
  private static final class Silence implements Witness {
    @Override
    public void onSent(Message message) {}

    @Override
    public void onDone(String what) {}

    @Override
    public void onBreach(String what) {}
  }

  @Override
  public void take(Happening happening, Witness witness) {
    switch (happening) {
      case Happening.Ticks ticks -> {
        now += world.quantumMillis();
        step(new Input.Tick(), witness);
      }
      case Happening.Certifies certifies -> {
        certified++;
        step(new Input.BundleCertified(stream.get(certified)), witness);
      }
      case Happening.Arrives arrives -> onMessage(arrives.message(), witness);
      case Happening.Syncs syncs -> {
        quackedOnDisk = Math.max(quackedOnDisk, quackedUnsynced);
        quackedUnsynced = 0;
      }
      case Happening.Crashes crashes -> {
        core = null;
        quackedUnsynced = 0;
        missedByCorrect.clear();
      }
      case Happening.Restarts restarts -> start(witness);
      case Happening.Verifies verifies -> throw new IllegalStateException("a source verifies");
    }
  }

  private void start(Witness witness) {
    core =
        new StreamSender(
            WorldStream.ID,
            world.parameters(),
            index,
            ports.destination(world.destination()),
            schedule,
            quackedOnDisk);
    List<CertifiedBundle> outbound = new ArrayList<>();
    for (long k = quackedOnDisk + 1; k <= certified; k++) {
      outbound.add(stream.get(k));
    }
    for (CertifiedBundle bundle : ports.recovered(outbound)) {
      step(new Input.BundleCertified(bundle), witness);
    }
    step(new Input.Tick(), witness);
  }

  private void onMessage(Message message, Witness witness) {
    if (!(message.saying() instanceof Saying.Ack ack)) {
      throw new IllegalStateException("not for a source: " + message);
    }
    int from = world.indexOf(message.from());
    if (message.from() != liar) {
      noteMissing(from, ack.cumulative(), ack.phi());
    }
    WorldStream.Signature proof = new WorldStream.Signature(from, ack.cumulative());
    step(new Input.AckArrived(from, ack.cumulative(), ack.phi(), ack.crossing(), proof), witness);
    StreamSender sender = core;
    if (sender != null) {
      long forgettable = ports.forgettable(ack.cumulative(), sender.quacked());
      if (forgettable > sender.quacked()) {
        quackedUnsynced = Math.max(quackedUnsynced, forgettable);
      }
    }
  }

  private void noteMissing(int from, long cumulative, PhiList phi) {
    for (int i = 0; i < phi.length(); i++) {
      if (!phi.isHeld(i)) {
        missedByCorrect.set((int) (cumulative + 1 + i) * world.destinations() + from);
      }
    }
  }

  private void step(Input.Sender input, Witness witness) {
    StreamSender sender = core;
    if (sender == null) {
      return;
    }
    try {
      sender.step(now, input, effect -> carryOut(effect, witness));
    } catch (IllegalStateException broken) {
      witness.onBreach("[SEND-2] or another invariant of the core: " + broken.getMessage());
    }
    if (sender.inFlight() > world.parameters().windowBundles()) {
      witness.onBreach("[SEND-2] more is in flight than the window allows");
    }
  }

  private void carryOut(Effect effect, Witness witness) {
    switch (effect) {
      case Effect.SendBundle send -> onSend(send, witness);
      case Effect.SendAnnounce announce -> {
        witness.onDone("announces to d" + announce.receiver());
        witness.onSent(
            new Message(
                replica,
                world.destinationAt(announce.receiver()),
                new Saying.Announcement(announce.top(), announce.quacked())));
      }
      case Effect.QuackAdvanced quack -> {
        witness.onDone(
            "has a quack up to " + Saying.number(quack.quacked()) + " and forgets what it covers");
        quackedUnsynced = Math.max(quackedUnsynced, quack.quacked());
      }
      case Effect.RoundOpened round -> onRound(round, witness);
      default -> {}
    }
  }

  private void onSend(Effect.SendBundle send, Witness witness) {
    long sequence = send.bundle().sequence();
    witness.onDone(
        (send.round() == 0 ? "sends bundle " : "sends again bundle ")
            + sequence
            + " to d"
            + send.receiver());
    turns.check(index, send, witness);
    if (sequence > send.quacked() + world.parameters().windowBundles()) {
      witness.onBreach("[SEND-2] " + name() + " sends " + sequence + " beyond the window");
    }
    witness.onSent(
        new Message(
            replica,
            world.destinationAt(send.receiver()),
            new Saying.Crossing(sequence, Saying.Copy.TRUE, send.top(), send.quacked())));
  }

  /** [LOSS-1]: more stake than can lie complains, so somebody correct does. */
  private void onRound(Effect.RoundOpened round, Witness witness) {
    witness.onDone("takes bundle " + round.sequence() + " for lost, round " + round.round());
    int first = (int) round.sequence() * world.destinations();
    int bit = missedByCorrect.nextSetBit(first);
    if (bit < 0 || bit >= first + world.destinations()) {
      witness.onBreach(
          "[LOSS-1] the liar alone made " + name() + " resend bundle " + round.sequence());
    }
  }

  private String name() {
    return world.nameOf(replica);
  }

  @Override
  public Outlook outlook() {
    StreamSender sender = core;
    if (sender == null) {
      return Outlook.ofSource(false, false, false, 0, quackedOnDisk, false);
    }
    boolean isAllCertified = certified == stream.count();
    return Outlook.ofSource(
        true,
        !isAllCertified && sender.isIntakeOpen(),
        quackedUnsynced > quackedOnDisk,
        sender.quacked(),
        quackedOnDisk,
        isAllCertified && sender.quacked() == stream.count());
  }

  @Override
  public void describeState(StateSink sink) {
    sink.put(certified);
    sink.put(quackedOnDisk);
    sink.put(quackedUnsynced);
    for (long word : missedByCorrect.toLongArray()) {
      sink.put(word);
    }
    StreamSender sender = core;
    sink.put(sender != null);
    if (sender != null) {
      sender.describeState(sink);
    }
  }
}
