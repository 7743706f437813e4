package dev.mallard.c3b.harness;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.stream.CertifiedBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A destination replica: the real {@link StreamReceiver}, a verifier, and a disk that takes its
 * time.
 */
public final class DestinationReplica implements Replica {
  private final Simulation world;
  private final int index;
  private final DestinationLies lies;
  private final TreeMap<Long, CertifiedBundle> disk = new TreeMap<>();
  private final List<CertifiedBundle> unsynced = new ArrayList<>();
  private final Map<Long, Long> durableSince = new HashMap<>();
  private StreamReceiver receiver;
  private boolean isUp;
  private boolean isSyncing;
  private int life;
  private long executedOnDisk;

  /** Not started yet. */
  public DestinationReplica(Simulation world, int index, DestinationLies lies) {
    this.world = world;
    this.index = index;
    this.lies = lies;
    this.receiver = newReceiver();
  }

  private StreamReceiver newReceiver() {
    return new StreamReceiver(
        FakeStream.ID,
        world.plan().parameters(),
        index,
        world.plan().source(),
        world.plan().destination(),
        executedOnDisk,
        world.stream().entries(executedOnDisk),
        disk.tailMap(executedOnDisk, false).values().stream()
            .map(CertifiedBundle::header)
            .toList());
  }

  @Override
  public String name() {
    return "d" + index;
  }

  /** Its index in the stake table. */
  public int index() {
    return index;
  }

  public boolean isLiar() {
    return lies.isLiar();
  }

  @Override
  public boolean isUp() {
    return isUp;
  }

  /** The state machine. */
  public StreamReceiver core() {
    return receiver;
  }

  /** Whether a bundle would survive a crash now, here or in the chain. */
  public boolean isDurable(long sequence) {
    return sequence <= executedOnDisk || disk.containsKey(sequence);
  }

  /** When a bundle first became durable here; never is later than any time. */
  public long durableSince(long sequence) {
    return durableSince.getOrDefault(sequence, Long.MAX_VALUE);
  }

  /** The last bundle of which all before it are durable too. */
  public long durableUpTo() {
    long frontier = executedOnDisk;
    while (disk.containsKey(frontier + 1)) {
      frontier++;
    }
    return frontier;
  }

  @Override
  public void start() {
    isUp = true;
    life++;
    receiver = newReceiver();
    tick(life);
  }

  @Override
  public void crash() {
    isUp = false;
    isSyncing = false;
    unsynced.clear();
    world.story().tell(world.now(), name(), "crashes with " + durableUpTo() + " durable");
  }

  private void tick(int ofLife) {
    if (isUp && ofLife == life) {
      step(new Input.Tick());
      lies.onTick(this);
      world.after(world.plan().tickMillis(world.random()), () -> tick(ofLife));
    }
  }

  @Override
  public void receive(Input input) {
    if (isUp && input instanceof Input.Receiver mine) {
      if (mine instanceof Input.InboxFinalized inbox) {
        for (long k = executedOnDisk + 1; k <= inbox.sequence(); k++) {
          durableSince.putIfAbsent(k, world.now());
        }
        executedOnDisk = Math.max(executedOnDisk, inbox.sequence());
      }
      step(mine);
    }
  }

  private void step(Input.Receiver input) {
    receiver.step(world.now(), input, this::carryOut);
    world.checks().afterStep(this);
  }

  private void later(long delayMillis, Runnable event) {
    int thisLife = life;
    world.after(
        delayMillis,
        () -> {
          if (isUp && life == thisLife) {
            event.run();
          }
        });
  }

  private void carryOut(Effect effect) {
    if (!lies.isLiar()) {
      world.checks().onDestinationEffect(this, effect);
    }
    switch (effect) {
      case Effect.VerifyBundle verify -> later(world.plan().verifyMillis(), () -> verify(verify));
      case Effect.JournalBundle journal -> {
        unsynced.add(journal.bundle());
        sync();
      }
      case Effect.BroadcastBundle broadcast -> {
        world.report().onBroadcast();
        lies.broadcast(this, broadcast.bundle());
      }
      case Effect.SendAck ack -> {
        world.report().onAck();
        lies.sendAck(this, ack);
      }
      case Effect.FetchBundles fetch ->
          world.sendToPeer(
              this, fetch.replica(), new Input.FetchAsked(index, fetch.from(), fetch.count()));
      case Effect.ServeBundles serve -> serve(serve);
      case Effect.HeldAdvanced held -> world.onHeld(this, held.sequence());
      case Effect.InboundExecuted executed ->
          disk.headMap(executed.sequence() - world.plan().retentionBundles(), true).clear();
      case Effect.PeerFaulted faulted -> world.report().onFault(faulted);
      default -> {}
    }
  }

  private void verify(Effect.VerifyBundle verify) {
    if (world.stream().isTrue(verify.bundle())) {
      CertifiedBundle bundle = world.stream().get(verify.bundle().header().sequence());
      step(new Input.BundleVerified(verify.origin(), bundle));
    } else {
      step(new Input.BundleRefused(verify.origin(), verify.bundle(), PeerFault.BAD_CERTIFICATE));
    }
  }

  /** Group commit: what gathers while one fsync is under way goes with the next ([RECV-3]). */
  private void sync() {
    if (isSyncing || unsynced.isEmpty()) {
      return;
    }
    isSyncing = true;
    List<CertifiedBundle> batch = List.copyOf(unsynced);
    unsynced.clear();
    later(
        world.plan().fsyncMillis(),
        () -> {
          isSyncing = false;
          batch.forEach(this::write);
          step(new Input.BundlesJournaled(batch));
          sync();
        });
  }

  private void write(CertifiedBundle bundle) {
    disk.put(bundle.sequence(), bundle);
    durableSince.putIfAbsent(bundle.sequence(), world.now());
  }

  private void serve(Effect.ServeBundles serve) {
    for (long k = serve.from(); k < serve.from() + serve.count(); k++) {
      CertifiedBundle bundle = disk.get(k);
      if (bundle != null) {
        sendCopy(serve.replica(), bundle);
      }
    }
  }

  /** Sends a true copy to a local peer. */
  public void sendCopy(int peer, CertifiedBundle bundle) {
    world.sendToPeer(
        this, peer, new Input.BundleOffered(new Origin.Local(index), FakeStream.offered(bundle)));
  }
}
