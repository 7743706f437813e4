package dev.mallard.net;

import static dev.mallard.net.NetworkFixture.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.PeerFault;
import dev.mallard.wire.MessageSize;
import dev.mallard.wire.PeerMessage;
import dev.mallard.wire.PeerMessages;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replica 0 has the right key and behaves badly towards replica 1. */
class RudePeersTest {
  private final NetworkFixture fixture = new NetworkFixture(3);
  private final FakeListener listener = new FakeListener();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @Tag("RECV-1")
  void anOversizedFrameEndsTheConnection() throws IOException {
    PeerNetwork network = fixture.start(1, listener);

    try (RawPeer rude = greeted()) {
      rude.sendBytes(ByteBuffer.allocate(4).putInt(0, (4 << 20) + 1).array());
      rude.awaitClosed();
    }

    assertFault(network, PeerFault.BAD_FRAME);
  }

  @Test
  void beforeTheHelloFramesAreTiny() throws IOException {
    PeerNetwork network = fixture.start(1, listener);

    try (RawPeer rude = RawPeer.tls(fixture.port(1), fixture.identity(0))) {
      rude.sendBytes(ByteBuffer.allocate(4).putInt(0, 1000).array());
      rude.awaitClosed();
    }

    assertFault(network, PeerFault.BAD_FRAME);
    assertEquals(List.of(), listener.events());
  }

  @Test
  void aSecondHelloEndsTheConnection() throws IOException {
    PeerNetwork network = fixture.start(1, listener);

    try (RawPeer rude = greeted()) {
      rude.send(List.of(RawPeer.hello(id(0))));
      rude.awaitClosed();
    }

    assertFault(network, PeerFault.BAD_FRAME);
  }

  @Test
  void aTruncatedFrameIsNoMessageAndNoFault() throws IOException {
    PeerNetwork network = fixture.start(1, listener);

    try (RawPeer cut = greeted()) {
      cut.sendBytes(new byte[] {0, 0, 1, 0, 4, 0, 0});
    }

    Eventually.holds("gone", () -> listener.events().contains("down " + id(0)));
    assertEquals(0, listener.count());
    assertEquals(List.of(), listener.faults());
    fixture.start(0, new FakeListener());
    Eventually.holds("back", () -> network.isConnected(id(0)));
  }

  @Test
  void aNewerConnectionOfTheSamePeerReplacesTheOlder() throws IOException {
    PeerNetwork network = fixture.start(1, listener);

    try (RawPeer older = greeted();
        RawPeer newer = greeted()) {
      older.awaitClosed();
      newer.send(List.of(new PeerMessages(1).bundle(1, 100)));
      Eventually.holds("the newer one is heard", () -> listener.count() == 1);
      assertTrue(network.isConnected(id(0)));
    }

    String peer = id(0).toString();
    Eventually.holds("gone", () -> !network.isConnected(id(0)));
    assertEquals(
        List.of("up " + peer, "down " + peer, "up " + peer, "down " + peer), listener.events());
  }

  @Test
  void aPeerThatFallsSilentCountsAsGone() throws IOException {
    NetLimits limits = NetworkFixture.limits();
    NetLimits impatient =
        new NetLimits(
            limits.wire(),
            new NetLimits.Deadlines(2_000, 2_000, 2_000, 2_000, 50, 300, 20),
            limits.admission(),
            limits.outbound(),
            limits.inbound(),
            limits.retry());
    PeerNetwork network = fixture.start(1, impatient, listener);

    try (RawPeer silent = greeted()) {
      silent.awaitClosed();
    }

    assertTrue(network.statuses().getFirst().lastError().contains("silent for 300 ms"));
    assertEquals(List.of("up " + id(0), "down " + id(0)), listener.events());
    assertEquals(List.of(), listener.faults());
  }

  @Test
  void whoNeverSaysHelloIsCutOff() throws IOException {
    fixture.start(1, hasty(), listener);

    try (RawPeer slow = RawPeer.tls(fixture.port(1), fixture.identity(0))) {
      slow.awaitClosed();
    }

    assertEquals(List.of(), listener.events());
  }

  @Test
  void whoNeverEndsAFrameIsCutOff() throws IOException {
    PeerNetwork network = fixture.start(1, hasty(), listener);

    try (RawPeer slow = greeted()) {
      slow.sendBytes(new byte[] {0, 0, 1, 0, 4});
      slow.awaitClosed();
    }

    assertTrue(network.statuses().getFirst().lastError().contains("a frame took longer"));
    assertEquals(0, listener.count());
  }

  @Test
  @Tag("RECV-1")
  void tenThousandRandomFramesHarmNobody() throws IOException {
    NetLimits lenient = withRetry(hasty(), new NetLimits.Retry(20, 200, 1_000, 1, 1));
    PeerNetwork network = fixture.start(1, lenient, listener);
    FakeListener honestListener = new FakeListener();
    PeerNetwork honest = fixture.start(2, honestListener);
    Eventually.holds("honest one connected", () -> honest.isConnected(id(1)));
    Random random = new Random(99);

    for (int connection = 0; connection < 100; connection++) {
      ByteBuffer frames = ByteBuffer.allocate(100 * 304);
      for (int i = 0; i < 100; i++) {
        putRandomFrame(frames, random);
      }
      try (RawPeer rude = awaitGreeted()) {
        rude.sendBytes(Arrays.copyOf(frames.array(), frames.position()));
        rude.awaitClosed();
      } catch (SocketException closedWhileWriting) {
        // It need not read to the end what began badly.
      }
    }

    Eventually.holds("faults", () -> listener.faults().size() >= 100);
    assertTrue(listener.faults().stream().allMatch(PeerFault.BAD_FRAME::equals));
    PeerMessage message = new PeerMessages(1).bundle(1, 1000);
    assertTrue(network.send(id(2), message));
    Eventually.holds("honest one served", () -> honestListener.count() == 1);
    assertEquals(List.of("up " + id(1)), honestListener.events());
  }

  private static void putRandomFrame(ByteBuffer frames, Random random) {
    byte[] content = new byte[1 + random.nextInt(300)];
    random.nextBytes(content);
    frames.putInt(content.length).put(content);
  }

  @Test
  @Tag("G-4")
  void aFloodEndsTheConnectionAndThePeerIsLeftAlone() throws IOException {
    NetLimits limits = NetworkFixture.limits();
    NetLimits strict =
        new NetLimits(
            limits.wire(),
            limits.deadlines(),
            limits.admission(),
            limits.outbound(),
            new NetLimits.Inbound(4 << 20, 64L << 20, 1000, 5000),
            limits.retry());
    PeerNetwork network = fixture.start(1, strict, listener);

    try (RawPeer rude = greeted()) {
      List<PeerMessage> pings = Collections.nCopies(1000, new PeerMessage.Ping());
      for (int i = 0; i < 10; i++) {
        rude.send(pings);
      }
      rude.awaitClosed();
    } catch (SocketException closedWhileWriting) {
      // as it should
    }

    assertFault(network, PeerFault.FLOOD);
    try (RawPeer again = RawPeer.tls(fixture.port(1), fixture.identity(0))) {
      again.awaitClosed();
    }
    assertEquals(List.of("up " + id(0), "down " + id(0)), listener.events());
    try (RawPeer _ = awaitGreeted()) {
      Eventually.holds("forgiven", () -> network.isConnected(id(0)));
    }
  }

  @Test
  @Tag("G-4")
  void aPeerThatNeverReadsCostsABoundedQueueAndNobodyElse() throws IOException {
    PeerNetwork network = fixture.start(1, listener);
    FakeListener otherListener = new FakeListener();
    fixture.start(2, otherListener);
    Eventually.holds("other connected", () -> network.isConnected(id(2)));
    PeerMessage bundle = new PeerMessages(5).bundle(1, 100_000);
    long queueMax = NetworkFixture.limits().outboundBytes(2);

    try (RawPeer deaf = greeted()) {
      Eventually.holds("deaf one connected", () -> network.isConnected(id(0)));
      int accepted = 0;
      for (int i = 0; i < 1000; i++) {
        accepted += network.send(id(0), bundle) ? 1 : 0;
        assertTrue(status(network).queuedBytes() <= queueMax);
        int arrived = i + 1;
        assertTrue(network.send(id(2), bundle));
        Eventually.holds("the other one is served", () -> otherListener.count() == arrived);
      }
      assertTrue(accepted < 1000, "accepted " + accepted);
      assertEquals(1000 - accepted, status(network).dropped());
      assertTrue(status(network).queuedBytes() > queueMax - 2L * MessageSize.bytes(bundle));
      deaf.sendBytes(new byte[0]);
    }

    Eventually.holds("gone", () -> !network.isConnected(id(0)));
    assertEquals(0, status(network).queuedBytes());
  }

  @Test
  @Tag("G-4")
  void whatIsNotWorkedOffIsBoundedAndNothingOfItIsLost() {
    listener.hold();
    PeerNetwork receiver = fixture.start(1, listener);
    PeerNetwork sender = fixture.start(0, new FakeListener());
    Eventually.holds("connected", () -> sender.isConnected(id(1)));
    PeerMessages random = new PeerMessages(6);
    PeerMessage bundle = random.bundle(1, 60_000);
    int accepted = 0;

    long sizeBytes = MessageSize.bytes(bundle);
    long inboundMax = NetworkFixture.limits().inboundBytes(2);
    while (sender.send(id(1), bundle)) {
      accepted++;
    }
    Eventually.holds("the limit is reached", () -> listener.count() * sizeBytes > inboundMax);
    // Room was made by what the receiver has read; now the sender's own queue fills up again.
    while (sender.send(id(1), bundle)) {
      accepted++;
    }

    assertTrue(listener.count() * sizeBytes <= inboundMax + sizeBytes + 100);
    listener.release();
    int all = accepted;
    Eventually.holds(() -> listener.count() + " of " + all, () -> listener.count() == all);
    assertTrue(receiver.isConnected(id(0)));
    assertEquals(List.of("up " + id(0)), listener.events());
  }

  @Test
  @Tag("G-4")
  void aSenderFasterThanItsSocketNeverGetsFarAhead() {
    fixture.start(1, listener);
    PeerNetwork sender = fixture.start(0, new FakeListener());
    Eventually.holds("connected", () -> sender.isConnected(id(1)));
    PeerMessage bundle = new PeerMessages(6).bundle(1, 50_000);
    int all = 4000;
    // The queue, what is in flight, and what the kernel buffers on both sides: well below all there
    // is.
    int aheadMax = (32 << 20) / MessageSize.bytes(bundle);

    for (int sent = 0; sent < all; sent++) {
      Eventually.holds("taken", () -> sender.send(id(1), bundle));
      int ahead = sent - listener.count();
      assertTrue(ahead <= aheadMax, ahead + " ahead of the receiver");
    }

    Eventually.holds("all arrived", () -> listener.count() == all);
  }

  private RawPeer greeted() throws IOException {
    return RawPeer.greeted(fixture.port(1), fixture.identity(0), id(0));
  }

  /** Tries until the last penalty is over. */
  private RawPeer awaitGreeted() {
    RawPeer[] peer = new RawPeer[1];
    Eventually.holds(
        "let in again",
        () -> {
          try {
            peer[0] = greeted();
            return true;
          } catch (IOException stillRefused) {
            return false;
          }
        });
    return peer[0];
  }

  private void assertFault(PeerNetwork network, PeerFault fault) {
    Eventually.holds("disconnected", () -> !network.isConnected(id(0)));
    assertEquals(List.of(fault), listener.faults());
    assertEquals(1, status(network).faults().get(fault));
    assertEquals(0, listener.count());
    assertFalse(network.isConnected(id(0)));
  }

  private static PeerStatus status(PeerNetwork network) {
    return network.statuses().getFirst();
  }

  private static NetLimits hasty() {
    NetLimits limits = NetworkFixture.limits();
    return new NetLimits(
        limits.wire(),
        new NetLimits.Deadlines(2_000, 300, 300, 300, 2_000, 6_000, 20),
        limits.admission(),
        limits.outbound(),
        limits.inbound(),
        limits.retry());
  }

  private static NetLimits withRetry(NetLimits limits, NetLimits.Retry retry) {
    return new NetLimits(
        limits.wire(),
        limits.deadlines(),
        limits.admission(),
        limits.outbound(),
        limits.inbound(),
        retry);
  }
}
