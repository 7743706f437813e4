package dev.mallard.c3b.harness;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.CertifiedBundle;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What a Byzantine destination replica does; an honest one has no acts. */
public final class DestinationLies {
  /** Single acts; a liar does one or several. */
  public enum Act {
    /** Acknowledges what it does not have. */
    ACKS_HIGH,
    /** Acknowledges nothing and complains about everything. */
    ACKS_LOW,
    /** Tells every source replica something else. */
    ACKS_RANDOM,
    /** Acknowledges nothing at all. */
    NO_ACKS,
    /** Keeps what came across to itself. */
    NO_BROADCAST,
    /** Shows what came across to a single peer. */
    SINGLE_BROADCAST,
    /** Broadcasts false copies ahead of the true ones. */
    FALSE_BROADCAST,
    /** Asks peers for bundles without end. */
    FETCH_FLOOD
  }

  private final Simulation world;
  private final Random random;
  private final Set<Act> acts;

  /** Nobody's lies if {@code acts} is empty. */
  public DestinationLies(Simulation world, Set<Act> acts) {
    this.world = world;
    this.random = world.random();
    this.acts = acts.isEmpty() ? EnumSet.noneOf(Act.class) : EnumSet.copyOf(acts);
  }

  public boolean isLiar() {
    return !acts.isEmpty();
  }

  /** Sends an ack, or a lie instead. */
  public void sendAck(DestinationReplica self, Effect.SendAck ack) {
    if (acts.contains(Act.NO_ACKS)) {
      return;
    }
    long cumulative = ack.cumulative();
    PhiList phi = ack.phi();
    if (acts.contains(Act.ACKS_HIGH)) {
      cumulative = random.nextInt(10) == 0 ? Long.MAX_VALUE : cumulative + random.nextInt(100);
    } else if (acts.contains(Act.ACKS_LOW)) {
      cumulative = 0;
      phi = PhiList.of(new long[1], Math.min(Long.SIZE, world.plan().parameters().phiBits()));
    } else if (acts.contains(Act.ACKS_RANDOM)) {
      cumulative = random.nextLong(world.stream().count() + 2);
      int bits = Math.min(Long.SIZE, world.plan().parameters().phiBits());
      phi = PhiList.of(new long[] {random.nextLong()}, bits);
    }
    world.sendToSource(
        self.name(),
        ack.receiver(),
        new Input.AckArrived(
            self.index(),
            cumulative,
            phi,
            ack.crossing(),
            new FakeStream.FakeAck(self.index(), cumulative)));
  }

  /** Broadcasts to all local peers, or does what it likes. */
  public void broadcast(DestinationReplica self, CertifiedBundle bundle) {
    if (acts.contains(Act.NO_BROADCAST)) {
      return;
    }
    int peers = world.plan().destination().size();
    int only = acts.contains(Act.SINGLE_BROADCAST) ? random.nextInt(peers) : -1;
    for (int peer = 0; peer < peers; peer++) {
      if (peer != self.index() && (only < 0 || peer == only)) {
        self.sendCopy(peer, bundle);
      }
    }
  }

  /** Mischief of its own accord. */
  public void onTick(DestinationReplica self) {
    if (!isLiar() || !self.isUp() || random.nextInt(3) != 0) {
      return;
    }
    int peer = random.nextInt(world.plan().destination().size());
    long near = Math.clamp(self.core().held() + 1 + random.nextInt(6), 1, world.stream().count());
    if (peer != self.index() && acts.contains(Act.FALSE_BROADCAST)) {
      world.sendToPeer(
          self,
          peer,
          new Input.BundleOffered(
              new Origin.Local(self.index()), world.stream().withFalseBody(near)));
    }
    if (peer != self.index() && acts.contains(Act.FETCH_FLOOD)) {
      for (int i = 0; i < 5; i++) {
        world.sendToPeer(
            self, peer, new Input.FetchAsked(self.index(), near - 3, random.nextInt(100)));
      }
    }
  }
}
