package dev.mallard.testnet.sim;

import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.receive.ServeBudget;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.net.PeerTransport;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.StreamId;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Byzantine replica: it runs what a node runs, and on the way out does its {@link Act}s. It has
 * its own key and those of the liars it is in league with, nobody else's.
 */
final class Liar {
  private static final int REMEMBERED_MAX = 64;
  private static final int FLOOD_MESSAGES = 8;
  private static final int FLOOD_ATTESTATIONS = 256;
  private static final int ATTESTING_ONE_IN = 64;
  private static final int TORRENT_NODES_MAX = 16;
  private static final int TORRENT_ONE_IN = 8;
  private static final int TORRENT_QUEUES = 4;
  private static final int TORRENTS_A_LIFE = 1;
  private static final int FLOOD_FETCHES = 3 * ServeBudget.BURST_REQUESTS;
  private static final long MISCHIEF_MILLIS = 300;
  private static final long SLEEP_MILLIS = 4_000;

  /** Something that was to be said before. */
  private record Late(int to, PeerMessage message) {}

  private final World world;
  private final SimReplica self;
  private final Set<Act> acts;
  private final Random random;
  private final Forgery forgery;
  private final List<PeerMessage> heard = new ArrayList<>();
  private final List<Late> keptBack = new ArrayList<>();
  private int torrents;
  private int heardNext;

  Liar(World world, SimReplica self, Set<Act> acts) {
    this.world = world;
    this.self = self;
    this.acts = EnumSet.copyOf(acts);
    this.random = new Random(world.plan().seed() * 31 + self.node());
    this.forgery = new Forgery(world, self, random);
  }

  private boolean does(Act act) {
    return acts.contains(act);
  }

  private boolean isAsleep() {
    return does(Act.SLEEPS) && world.time().now() / SLEEP_MILLIS % 2 == 0;
  }

  // --- what the state machines want to send ---

  PeerTransport transport(PeerTransport honest) {
    return new PeerTransport() {
      @Override
      public boolean send(ReplicaId to, PeerMessage message) {
        @Nullable PeerMessage said = isAsleep() ? null : instead(world.nodeOf(to), message);
        world.story().onSaid(self.node(), world.nodeOf(to), message, said);
        return said == null || isKeptBack(world.nodeOf(to), said) || honest.send(to, said);
      }

      @Override
      public boolean isConnected(ReplicaId peer) {
        return honest.isConnected(peer);
      }
    };
  }

  private boolean isKeptBack(int to, PeerMessage message) {
    boolean isKept = does(Act.REORDERS) && keptBack.size() < REMEMBERED_MAX && random.nextBoolean();
    if (isKept) {
      keptBack.add(new Late(to, message));
    }
    return isKept;
  }

  private @Nullable PeerMessage instead(int to, PeerMessage message) {
    PeerMessage said =
        does(Act.MUTATES) && random.nextInt(4) == 0 ? forgery.mutated(message) : message;
    return switch (said) {
      case PeerMessage.AckMessage ack -> ack(ack);
      case PeerMessage.BundleMessage bundle -> bundle(to, bundle);
      case PeerMessage.AttestationMessage attestation -> attestation(to, attestation);
      case PeerMessage.AnnounceMessage announce ->
          does(Act.FALSE_ANNOUNCEMENTS) ? announcement(announce.stream()) : announce;
      default -> said;
    };
  }

  private @Nullable PeerMessage ack(PeerMessage.AckMessage ack) {
    long p = ack.ack().cumulative();
    int bits = Math.min(Long.SIZE, world.plan().c3b().phiBits());
    if (does(Act.NO_ACKS)) {
      return null;
    }
    if (does(Act.ACKS_HIGH)) {
      long higher = random.nextInt(10) == 0 ? Long.MAX_VALUE : p + random.nextInt(100);
      return forgery.ack(ack.ack().stream(), higher, PhiList.EMPTY);
    }
    if (does(Act.ACKS_LOW)) {
      return forgery.ack(ack.ack().stream(), 0, PhiList.of(new long[1], bits));
    }
    if (does(Act.ACKS_RANDOM)) {
      long any = random.nextInt((int) Math.min(p + 10, 1 << 20) + 1);
      return forgery.ack(ack.ack().stream(), any, PhiList.of(new long[] {random.nextLong()}, bits));
    }
    return does(Act.PHI_LIES)
        ? new PeerMessage.AckMessage(
            ack.ack(), PhiList.of(new long[] {random.nextLong()}, bits), ack.crossing())
        : ack;
  }

  private @Nullable PeerMessage bundle(int to, PeerMessage.BundleMessage message) {
    if (world.plan().sideOf(to) != self.side()) {
      return does(Act.SILENT_SENDER) ? null : withAnnouncement(message);
    }
    if (does(Act.NO_BROADCAST)) {
      return null;
    }
    boolean isChosen = to % 3 == world.time().now() % 3;
    return does(Act.SINGLE_BROADCAST) && !isChosen ? null : message;
  }

  private PeerMessage withAnnouncement(PeerMessage.BundleMessage message) {
    return does(Act.FALSE_ANNOUNCEMENTS)
        ? new PeerMessage.BundleMessage(message.bundle(), random.nextLong(1 << 20), 1 << 20)
        : message;
  }

  private @Nullable PeerMessage attestation(int to, PeerMessage.AttestationMessage message) {
    if (does(Act.NO_ATTESTATIONS)) {
      return null;
    }
    return does(Act.EQUIVOCATES) && (to + random.nextInt(2)) % 2 == 0
        ? forgery.otherAttestation(message.signed().attestation())
        : message;
  }

  private PeerMessage announcement(StreamId stream) {
    return switch (random.nextInt(3)) {
      case 0 -> new PeerMessage.AnnounceMessage(stream, Long.MAX_VALUE, Long.MAX_VALUE);
      case 1 -> new PeerMessage.AnnounceMessage(stream, random.nextInt(500), random.nextInt(500));
      default -> new PeerMessage.AnnounceMessage(stream, 0, 0);
    };
  }

  // --- what it thinks of by itself ---

  void onHeard(PeerMessage message) {
    if (heard.size() < REMEMBERED_MAX) {
      heard.add(message);
    } else {
      heard.set(heardNext++ % REMEMBERED_MAX, message);
    }
  }

  void start(int life) {
    keptBack.clear();
    torrents = TORRENTS_A_LIFE;
    again(life);
  }

  private void again(int life) {
    world
        .time()
        .after(
            MISCHIEF_MILLIS,
            () -> {
              if (self.isUp() && self.life() == life) {
                if (!isAsleep()) {
                  mischief();
                }
                again(life);
              }
            });
  }

  private void mischief() {
    Collections.shuffle(keptBack, random);
    keptBack.forEach(late -> self.send(late.to(), late.message()));
    keptBack.clear();
    if (heard.isEmpty()) {
      return;
    }
    if (does(Act.REPLAYS)) {
      say(anybody(), heard.get(random.nextInt(heard.size())));
    }
    if (does(Act.FLOODS)) {
      flood();
    }
    if (does(Act.FALSE_ANNOUNCEMENTS)) {
      say(remote(), announcement(self.values().outgoing()));
    }
    if (does(Act.FETCH_FLOOD)) {
      fetchFlood();
    }
    if (does(Act.FORGED_BUNDLES)) {
      forgery.falseCopy(heard).ifPresent(copy -> say(anybody(), copy));
    }
    if (does(Act.SHORT_CERTIFICATES)) {
      forgery.shortCertificate().ifPresent(copy -> say(remote(), copy));
    }
    if (does(Act.OTHER_EPOCH)) {
      forgery.ofAnotherEpoch().ifPresent(copy -> say(remote(), copy));
    }
  }

  /**
   * The same again and again, now and then attestations that somebody might keep, and a few times
   * in a life more news than a loop takes.
   */
  private void flood() {
    repeat(FLOOD_MESSAGES, anybody(), heard.get(random.nextInt(heard.size())));
    if (random.nextInt(ATTESTING_ONE_IN) == 0) {
      int peer = local();
      for (int i = 0; i < FLOOD_ATTESTATIONS; i++) {
        say(peer, forgery.attestationFarAhead());
      }
    }
    if (torrents > 0
        && random.nextInt(TORRENT_ONE_IN) == 0
        && world.plan().nodes() <= TORRENT_NODES_MAX) {
      torrents--;
      repeat(
          TORRENT_QUEUES * self.queueMax(),
          remote(),
          new PeerMessage.AnnounceMessage(self.values().outgoing(), 0, 0));
    }
  }

  private void repeat(int times, int to, PeerMessage message) {
    for (int i = 0; i < times; i++) {
      say(to, message);
    }
  }

  private void say(int to, PeerMessage message) {
    world.story().onMischief(message);
    self.send(to, message);
  }

  /** Asks one peer for far more than it is owed, now and then for more than anybody is. */
  private void fetchFlood() {
    int victim = local();
    int batch = self.values().c3b().fetchBatchBundles();
    for (int i = 0; i < FLOOD_FETCHES; i++) {
      long from = 1L + random.nextInt(50);
      int count = random.nextInt(8) == 0 ? 1 + random.nextInt(100) : batch;
      say(victim, new PeerMessage.FetchMessage(self.values().incoming(), from, count));
    }
  }

  private int anybody() {
    return random.nextBoolean() ? local() : remote();
  }

  private int local() {
    int size = world.plan().sides().get(self.side()).table().size();
    return world.plan().nodeOf(self.side(), random.nextInt(size));
  }

  private int remote() {
    int size = world.plan().sides().get(1 - self.side()).table().size();
    return world.plan().nodeOf(1 - self.side(), random.nextInt(size));
  }

  // --- the chain ---

  DeliverySubmitter submitter(DeliverySubmitter honest) {
    if (does(Act.SILENT_SUBMITTER)) {
      return new SilentSubmitter();
    }
    if (does(Act.RUDE_SUBMITTER)) {
      return new RudeSubmitter(honest, forgery::wronglyCertified);
    }
    return does(Act.OTHER_EPOCH) ? new RudeSubmitter(honest, forgery::ofAnotherEpoch) : honest;
  }
}
