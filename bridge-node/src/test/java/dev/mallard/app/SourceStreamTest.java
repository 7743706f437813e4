package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.api.NodeStatus;
import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.BundleLimits;
import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Attestations;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.certify.SignatureSchemes;
import dev.mallard.certify.SignedAck;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.net.PeerTransport;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.replica.PeerFaults;
import dev.mallard.replica.PeerRouter;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.replica.Topology;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.stake.Validator;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreLimits;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source side with one validator on either side, so that its own signature is a certificate. */
class SourceStreamTest {
  private static final StreamId STREAM = Blocks.STREAM;
  private static final int WINDOW = 8;
  private static final BridgeAddress INBOX =
      BridgeAddress.fromHex("0x00000000000000000000000000000000000000ff");

  private final SignatureScheme scheme = SignatureSchemes.fastest();
  private final BridgeKey key = key(1);
  private final BridgeKey remoteKey = key(2);
  private final StakeTable local = table(STREAM.source(), key);
  private final StakeTable remote = table(STREAM.destination(), remoteKey);
  private final Queue<PeerMessage> sent = new ConcurrentLinkedQueue<>();
  private final ThreadWorkers workers = new ThreadWorkers("test", 1, 1024);
  private final PeerFaults faults = new PeerFaults();
  private final AtomicInteger done = new AtomicInteger();

  private static BridgeKey key(int number) {
    byte[] secret = new byte[BridgeKey.BYTES];
    secret[31] = (byte) number;
    return BridgeKey.of(SignatureSchemes.fastest(), secret);
  }

  private static StakeTable table(RsmId rsm, BridgeKey key) {
    return new StakeTable(
        rsm,
        Epoch.FIRST,
        List.of(new Validator(0, key.address(), Stake.of(10))),
        FaultModel.bft(Stake.of(10)));
  }

  private BridgeStore open(Path folder) throws StoreException {
    return BridgeStore.open(
        folder,
        new StoreIdentity(STREAM.source(), key.address(), List.of(STREAM, STREAM.reverse())),
        StoreLimits.defaults());
  }

  /** A replica with its streams on real threads, of which only the source side is used. */
  private final class Running implements AutoCloseable {
    private final BridgeReplica replica;
    private final PeerRouter router = new PeerRouter(STREAM.source(), faults);

    Running(BridgeStore store) throws StoreException {
      C3bParameters c3b =
          new C3bParameters(WINDOW, 1 << 20, WINDOW, 8, 20, 3_000, 1_000, 30_000, 100, 3_000, 8);
      this.replica =
          new BridgeReplica(
              new ReplicaValues(
                  new Topology(local, remote, 0),
                  c3b,
                  new DeliveryLimits(10_000_000, 128, 12),
                  INBOX,
                  INBOX,
                  key.address(),
                  16),
              new ReplicaPorts(
                  name -> new ThreadLoop(name, new LoopLimits(64, 20, 20)),
                  workers,
                  workers,
                  new RecordingTransport(),
                  store,
                  store.messages(),
                  new NoSubmitter(),
                  key,
                  scheme,
                  faults,
                  () -> {}));
      router.bind(replica);
      replica.start();
    }

    NodeStatus.Source status() {
      return replica.source().status();
    }

    void onAck(SignedAck ack) {
      router.onMessages(
          new ReplicaId(STREAM.destination(), 0),
          List.of(new PeerMessage.AckMessage(ack, PhiList.EMPTY, LastCrossing.NONE)),
          done::incrementAndGet);
    }

    @Override
    public void close() {
      replica.close();
    }
  }

  private static final class NoSubmitter implements DeliverySubmitter {
    @Override
    public Submission submit(Delivery delivery) {
      throw new AssertionError("nothing is held, so nothing is submitted");
    }

    @Override
    public SubmissionStatus check(Submission.Sent submission) {
      throw new AssertionError("nothing was submitted");
    }
  }

  private final class RecordingTransport implements PeerTransport {
    @Override
    public boolean send(ReplicaId to, PeerMessage message) {
      return sent.add(message);
    }

    @Override
    public boolean isConnected(ReplicaId peer) {
      return true;
    }
  }

  private SignedAck ack(long cumulative) {
    AckDigest digest = new AckDigest(STREAM.source());
    return new SignedAck(
        STREAM,
        Epoch.FIRST,
        cumulative,
        remoteKey.sign(digest.of(STREAM, Epoch.FIRST, cumulative)));
  }

  /** Entries 1 to {@code blocks}, each in a block of its own. */
  private static OutboxRead.Progress reading(int blocks) {
    List<BlockEntries> read = new ArrayList<>();
    for (int i = 1; i <= blocks; i++) {
      read.add(Blocks.block(100 + i, List.of(Blocks.entry(i, 8, 50_000))));
    }
    Hash32 acc =
        Blocks.builder(BundleLimits.V1).build(0, Hash32.ZERO, read).getLast().header().accAfter();
    BlockRef end = new BlockRef(100 + blocks, Blocks.hash(100 + blocks));
    return new OutboxRead.Progress(read, new OutboxCursor(end, blocks, acc));
  }

  private long crossed() {
    return sent.stream().filter(m -> m instanceof PeerMessage.BundleMessage).count();
  }

  @AfterEach
  void closeWorkers() {
    workers.close();
  }

  @Test
  @Tag("SEND-2")
  void aReadingOfManyWindowsWaitsForRoomAndHaltsNothing(@TempDir Path folder) throws Exception {
    int bundles = 5 * WINDOW;
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      source.replica.source().onOutbox(reading(bundles));
      for (long quacked = 0; quacked < bundles; quacked += WINDOW) {
        long room = quacked + WINDOW;
        Await.until("a window crosses: " + source.status(), () -> crossed() == room);
        source.onAck(ack(room));
      }
      Await.until("all is quacked", () -> source.status().quacked() == bundles);
      assertEquals("", source.status().halted());
      assertEquals(5, done.get());
      assertTrue(source.replica.source().isReadWanted());
    }
  }

  @Test
  @Tag("CATCH-1")
  void whatWasBuiltAndNotQuackedIsTakenUpAfterARestart(@TempDir Path folder) throws Exception {
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      source.replica.source().onOutbox(reading(3));
      Await.until("crossed", () -> crossed() == 3);
    }
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      RecoveredSource recovered = source.replica.recovered();
      assertEquals(3, recovered.lastSequence());
      Await.until("certified again", () -> source.status().certified() == 3);
      source.onAck(ack(3));
      Await.until("quacked", () -> source.status().quacked() == 3);
    }
  }

  /** Found by the simulator: a loop that ticked before it took up what the disk remembered. */
  @Test
  @Tag("SEND-2")
  void moreThanAWindowOfRememberedCertificatesWaitsForRoom(@TempDir Path folder) throws Exception {
    int bundles = 3 * WINDOW;
    try (BridgeStore store = open(folder)) {
      store.commit(remembered(bundles)).get();
    }
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      Await.until("a window: " + source.status(), () -> source.status().certified() >= WINDOW);
      source.onAck(ack(2 * WINDOW));
      Await.until("the rest: " + source.status(), () -> source.status().certified() == bundles);
      assertEquals("", source.status().halted());
    }
  }

  private List<StoreWrite> remembered(int bundles) {
    AttestationDigest digests = new AttestationDigest(STREAM.destination(), INBOX);
    List<StoreWrite> writes = new ArrayList<>();
    for (BuiltBundle bundle :
        Blocks.builder(BundleLimits.V1).build(0, Hash32.ZERO, reading(bundles).blocks())) {
      Attestation said = Attestations.of(bundle.header());
      writes.add(new StoreWrite.Outbound(bundle.header(), bundle.body()));
      writes.add(new StoreWrite.HighWater(said));
      BitSet self = new BitSet();
      self.set(0);
      writes.add(
          new StoreWrite.OutboundCertified(
              new Certificate(said, self, List.of(key.sign(digests.of(said))))));
    }
    writes.add(new StoreWrite.Cursor(STREAM, reading(bundles).next(), bundles));
    return writes;
  }

  /** Nothing that the disk remembered is sent again of itself. */
  @Test
  @Tag("CATCH-1")
  void whatMayHaveCrossedBeforeARestartIsNotSentAgain(@TempDir Path folder) throws Exception {
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      source.replica.source().onOutbox(reading(3));
      Await.until("crossed", () -> crossed() == 3);
    }
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      Await.until("certified again", () -> source.status().certified() == 3);
      source.replica.source().onOutbox(readingAfter(3));
      Await.until("the new one crosses", () -> crossed() > 3);
      assertEquals(4, crossed());
    }
  }

  /** One more entry in a block of its own. */
  private static OutboxRead.Progress readingAfter(int blocks) {
    OutboxRead.Progress all = reading(blocks + 1);
    return new OutboxRead.Progress(List.of(all.blocks().getLast()), all.next());
  }

  @Test
  @Tag("GC-1")
  void aQuackFrontierAheadOfWhatWasReadIsRememberedAndWhatLiesBehindItIsNotSent(
      @TempDir Path folder) throws Exception {
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      source.onAck(ack(5));
      Await.until("quacked", () -> source.status().quacked() == 5);
    }
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      RecoveredSource recovered = source.replica.recovered();
      assertEquals(5, recovered.quacked());
      source.replica.source().onOutbox(reading(7));
      Await.until("two more cross", () -> crossed() == 2);
      assertEquals("", source.status().halted());
      Await.until("top", () -> source.status().certified() == 7);
    }
  }

  @Test
  @Tag("ACK-1")
  void aForgedAckIsCountedAndItsConnectionGoesOn(@TempDir Path folder) throws Exception {
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      SignedAck forged = new SignedAck(STREAM, Epoch.FIRST, 6, ack(5).signature());
      source.onAck(forged);
      Await.until("done", () -> done.get() == 1);
      assertEquals(1, faults.of(new ReplicaId(STREAM.destination(), 0)).size());
      assertEquals(0, source.status().quacked());
    }
  }

  @Test
  void aHaltedStreamHoldsNoConnectionUp(@TempDir Path folder) throws Exception {
    try (BridgeStore store = open(folder);
        Running source = new Running(store)) {
      source
          .replica
          .source()
          .onFinalityBroken(new BlockRef(9, Blocks.hash(9)), new BlockRef(9, Blocks.hash(99)));
      Await.until("halted", () -> source.status().halted().contains("replaced"));
      source.onAck(ack(1));
      Await.until("done", () -> done.get() == 1);
      assertEquals(0, source.status().quacked());
    }
  }
}
