package dev.mallard.net;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told; works messages off at once, or not before it is told to. */
final class FakeListener implements PeerListener {
  record Arrived(ReplicaId from, PeerMessage message) {}

  private final List<Arrived> arrived = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<PeerFault> faults = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

  @Override
  public synchronized void onMessages(
      ReplicaId from, List<PeerMessage> messages, Runnable processed) {
    messages.forEach(message -> arrived.add(new Arrived(from, message)));
    if (holding) {
      held.add(processed);
    } else {
      processed.run();
    }
  }

  @Override
  public synchronized void onConnected(ReplicaId peer) {
    events.add("up " + peer);
  }

  @Override
  public synchronized void onDisconnected(ReplicaId peer) {
    events.add("down " + peer);
  }

  @Override
  public synchronized void onFault(ReplicaId peer, PeerFault fault) {
    faults.add(fault);
  }

  /** From now on messages are not worked off. */
  synchronized void hold() {
    holding = true;
  }

  /** Works off what is held, and from now on at once. */
  void release() {
    List<Runnable> all;
    synchronized (this) {
      holding = false;
      all = List.copyOf(held);
      held.clear();
    }
    all.forEach(Runnable::run);
  }

  synchronized List<PeerMessage> messages(ReplicaId from) {
    return arrived.stream().filter(a -> a.from.equals(from)).map(Arrived::message).toList();
  }

  synchronized int count() {
    return arrived.size();
  }

  synchronized List<String> events() {
    return List.copyOf(events);
  }

  synchronized List<PeerFault> faults() {
    return List.copyOf(faults);
  }
}
