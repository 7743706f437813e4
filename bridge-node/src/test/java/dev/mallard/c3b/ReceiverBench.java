package dev.mallard.c3b;

import dev.mallard.c3b.harness.FakeStream;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** One receiver with a hand on its clock, a verifier and a disk that answer when told to. */
final class ReceiverBench {
  final C3bParameters parameters;
  final StreamReceiver receiver;
  final FakeStream stream = new FakeStream(400);
  private final List<Effect> effects = new ArrayList<>();
  private long now = 5_000;

  ReceiverBench(
      C3bParameters parameters,
      StakeTable source,
      StakeTable destination,
      long executed,
      List<Long> held) {
    this.parameters = parameters;
    List<BundleHeader> headers = held.stream().map(k -> stream.get(k).header()).toList();
    this.receiver =
        new StreamReceiver(
            FakeStream.ID,
            parameters,
            0,
            source,
            destination,
            executed,
            stream.entries(executed),
            headers);
  }

  void step(Input.Receiver input) {
    receiver.step(now, input, effects::add);
  }

  void offer(Origin origin, long sequence) {
    step(new Input.BundleOffered(origin, FakeStream.offered(stream.get(sequence))));
  }

  /** From offer to disk. */
  void deliver(Origin origin, long from, long to) {
    List<CertifiedBundle> bundles = LongStream.rangeClosed(from, to).mapToObj(stream::get).toList();
    for (CertifiedBundle bundle : bundles) {
      offer(origin, bundle.sequence());
      step(new Input.BundleVerified(origin, bundle));
    }
    step(new Input.BundlesJournaled(bundles));
  }

  void announce(int replica, long top, long quacked) {
    step(new Input.Announced(replica, top, quacked));
  }

  void execute(long sequence) {
    step(new Input.InboxFinalized(sequence, stream.entries(sequence)));
  }

  void pass(long millis) {
    for (long end = now + millis; now < end; ) {
      now = Math.min(end, now + parameters.tickMillis());
      step(new Input.Tick());
    }
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
