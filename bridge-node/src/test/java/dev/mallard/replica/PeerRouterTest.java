package dev.mallard.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Attestations;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.certify.SignatureSchemes;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.certify.Validators;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.net.PeerTransport;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What peers say to a replica whose loops and workers the test turns by hand. */
class PeerRouterTest {
  private static final StreamId OUT = Blocks.STREAM;
  private static final BridgeAddress INBOX =
      BridgeAddress.fromHex("0x00000000000000000000000000000000000000ff");

  private final StakeTable local = Validators.ofSource(OUT, 25, 25, 25, 25).table();
  private final StakeTable remote = Validators.ofDestination(OUT, 25, 25, 25, 25).table();
  private final ReplicaId localPeer = new ReplicaId(OUT.source(), 1);
  private final ReplicaId remotePeer = new ReplicaId(OUT.destination(), 1);
  private final List<HandLoop> loops = new ArrayList<>();
  private final HandWorkers workers = new HandWorkers();
  private final FakeJournal journal = new FakeJournal();
  private final PeerFaults faults = new PeerFaults();
  private final AtomicInteger processed = new AtomicInteger();
  private final AtomicInteger readerWoken = new AtomicInteger();
  private final BridgeReplica replica;
  private final PeerRouter router = new PeerRouter(OUT.source(), faults);

  PeerRouterTest() throws StoreException {
    SignatureScheme scheme = SignatureSchemes.fastest();
    replica =
        new BridgeReplica(
            new ReplicaValues(
                new Topology(local, remote, 0),
                C3bParameters.defaults(),
                new DeliveryLimits(10_000_000, 128, 12),
                INBOX,
                INBOX,
                key(1).address(),
                16),
            new ReplicaPorts(
                name -> newLoop(),
                workers,
                workers,
                new Nobody(),
                journal,
                new NoIndex(),
                new NoSubmitter(),
                key(1),
                scheme,
                faults,
                readerWoken::incrementAndGet));
    router.bind(replica);
    replica.start();
  }

  private static final class Nobody implements PeerTransport {
    @Override
    public boolean send(ReplicaId to, PeerMessage message) {
      return false;
    }

    @Override
    public boolean isConnected(ReplicaId peer) {
      return false;
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

  private StreamLoop newLoop() {
    HandLoop loop = new HandLoop();
    loops.add(loop);
    return loop;
  }

  /** The private key of replica {@code number - 1}, as {@link Validators} has it. */
  private static BridgeKey key(int number) {
    byte[] secret = new byte[BridgeKey.BYTES];
    secret[31] = (byte) number;
    return BridgeKey.of(SignatureSchemes.fastest(), secret);
  }

  private static SignedAck ack(StreamId stream) {
    AckDigest digest = new AckDigest(stream.source());
    return new SignedAck(stream, Epoch.FIRST, 0, key(2).sign(digest.of(stream, Epoch.FIRST, 0)));
  }

  private static SignedAttestation attest(Attestation said) {
    AttestationDigest digests = new AttestationDigest(said.stream().destination(), INBOX);
    return new SignedAttestation(said, key(2).sign(digests.of(said)));
  }

  private static Attestation about(int bundle) {
    return Attestations.of(Blocks.bundles(bundle).getLast().header());
  }

  private static PeerMessage bundle() {
    BuiltBundle built = Blocks.bundles(1).getFirst();
    Validators sources = Validators.ofSource(OUT, 25, 25, 25, 25);
    return new PeerMessage.BundleMessage(
        new OfferedBundle(built.header(), built.body(), sources.certificate(built, 0)), 1, 0);
  }

  private void say(ReplicaId from, PeerMessage... messages) {
    router.onMessages(from, List.of(messages), processed::incrementAndGet);
  }

  private void settle() {
    do {
      workers.work();
      loops.forEach(HandLoop::turn);
    } while (workers.waiting() > 0);
  }

  @Test
  @Tag("RECV-1")
  void whatTheWrongKindOfPeerSaysIsItsFaultAndItsConnectionGoesOn() {
    StreamId in = OUT.reverse();
    List<PeerMessage> notOfRemotes =
        List.of(
            new PeerMessage.AttestationMessage(attest(about(1))),
            new PeerMessage.FetchMessage(in, 1, 1),
            new PeerMessage.AnnounceMessage(OUT, 1, 0),
            new PeerMessage.AckMessage(ack(in), PhiList.EMPTY, LastCrossing.NONE),
            bundle());
    List<PeerMessage> notOfLocals =
        List.of(
            new PeerMessage.AckMessage(ack(OUT), PhiList.EMPTY, LastCrossing.NONE),
            new PeerMessage.AnnounceMessage(in, 1, 0),
            new PeerMessage.FetchMessage(OUT, 1, 1),
            bundle());
    say(remotePeer, notOfRemotes.toArray(PeerMessage[]::new));
    say(localPeer, notOfLocals.toArray(PeerMessage[]::new));
    assertEquals(2, processed.get(), "nothing of it is worked on");
    assertEquals(
        Map.of(PeerFault.UNKNOWN_STREAM, (long) notOfRemotes.size()), faults.of(remotePeer));
    assertEquals(Map.of(PeerFault.UNKNOWN_STREAM, (long) notOfLocals.size()), faults.of(localPeer));
  }

  @Test
  void aConnectionGoesOnOnceAllThatItBroughtIsWorkedOff() {
    say(
        remotePeer,
        new PeerMessage.AckMessage(ack(OUT), PhiList.EMPTY, LastCrossing.NONE),
        new PeerMessage.AnnounceMessage(OUT.reverse(), 3, 0),
        new PeerMessage.Ping());
    assertEquals(0, processed.get());
    settle();
    assertEquals(1, processed.get());
    assertEquals(Map.of(), faults.of(remotePeer));
    say(remotePeer);
    assertEquals(2, processed.get(), "an empty frame holds nothing up");
  }

  @Test
  void workersWithoutRoomAndHaltedLoopsLetGoOfWhatTheyDoNotTake() {
    workers.room = 0;
    say(localPeer, new PeerMessage.AttestationMessage(attest(about(1))));
    assertEquals(1, processed.get());
    workers.room = 1;
    say(localPeer, new PeerMessage.AttestationMessage(attest(about(1))));
    loops.forEach(loop -> loop.halt(new IllegalStateException("halted, as the test wants it")));
    settle();
    assertEquals(2, processed.get());
  }

  @Test
  @Tag("CERT-3")
  void evidenceThatFindsTheJournalFullIsKeptOnceThereIsRoom() {
    Attestation one = about(1);
    Attestation other =
        new Attestation(
            one.stream(), one.epoch(), one.sequence(), one.count(), Blocks.hash(99), one.header());
    say(localPeer, new PeerMessage.AttestationMessage(attest(one)));
    settle();
    journal.isFull = true;
    say(localPeer, new PeerMessage.AttestationMessage(attest(other)));
    settle();
    assertEquals(List.of(), journal.taken);
    assertFalse(replica.source().isIdle(), "a loop that sleeps keeps nothing");
    journal.isFull = false;
    replica.source().onTick(2_000);
    assertEquals(
        List.of(List.of(new StoreWrite.Evidence(OUT, 1, attest(one), attest(other)))),
        journal.taken);
    assertTrue(replica.source().isIdle());
  }

  /** Else a reader that was faster than the loop would wait for its next poll. */
  @Test
  @Tag("SEND-2")
  void aReaderThatPausedBecauseTheLoopWasBehindIsWokenWhenItHasCaughtUp() {
    int readings = 0;
    while (replica.source().isReadWanted()) {
      readings++;
      BlockRef end = new BlockRef(100 + readings, Blocks.hash(100 + readings));
      replica
          .source()
          .onOutbox(new OutboxRead.Progress(List.of(), new OutboxCursor(end, 0, Hash32.ZERO)));
    }
    assertEquals(0, readerWoken.get());
    settle();
    assertEquals(1, readerWoken.get());
    assertTrue(replica.source().isReadWanted());
  }
}
