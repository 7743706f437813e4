package dev.mallard.c3b;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.harness.FakeStream;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** One sender with a hand on its clock, and what it emitted since somebody looked. */
final class SenderBench {
  final C3bParameters parameters;
  final TransmissionSchedule schedule;
  final StreamSender sender;
  final FakeStream stream = new FakeStream(200);
  private final List<Effect> effects = new ArrayList<>();
  private long now = 5_000;

  SenderBench(
      C3bParameters parameters, int self, StakeTable source, StakeTable destination, long quacked) {
    this.parameters = parameters;
    this.schedule = new TransmissionSchedule(source, destination, parameters.quantum());
    this.sender = new StreamSender(FakeStream.ID, parameters, self, source, destination, quacked);
  }

  SenderBench started() {
    step(new Input.Tick());
    return this;
  }

  void step(Input.Sender input) {
    sender.step(now, input, effects::add);
  }

  void certify(long from, long to) {
    LongStream.rangeClosed(from, to).forEach(k -> step(new Input.BundleCertified(stream.get(k))));
  }

  void ack(int replica, long cumulative, PhiList phi) {
    step(
        new Input.AckArrived(
            replica,
            cumulative,
            phi,
            LastCrossing.NONE,
            new FakeStream.FakeAck(replica, cumulative)));
  }

  /** An ack that speaks of {@code length} bundles beyond p and holds none of them. */
  void missing(int replica, long cumulative, int length) {
    ack(replica, cumulative, PhiList.of(new long[length / Long.SIZE + 1], length));
  }

  /** Lets time pass with ticks. */
  void pass(long millis) {
    for (long end = now + millis; now < end; ) {
      now = Math.min(end, now + parameters.tickMillis());
      step(new Input.Tick());
    }
  }

  /** Lets time pass without a step: the machine was paused. */
  void pause(long millis) {
    now += millis;
  }

  /** What was emitted since the last look, of one kind. */
  <E extends Effect> List<E> take(Class<E> kind) {
    List<E> found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    effects.removeIf(kind::isInstance);
    return found;
  }

  void forget() {
    effects.clear();
  }
}
