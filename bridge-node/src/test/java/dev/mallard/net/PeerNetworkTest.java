package dev.mallard.net;

import static dev.mallard.net.NetworkFixture.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.Epoch;
import dev.mallard.wire.PeerMessage;
import dev.mallard.wire.PeerMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNetworkTest {
  private final NetworkFixture fixture = new NetworkFixture(3);

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({"BORINGSSL, BORINGSSL", "JDK, JDK", "BORINGSSL, JDK", "JDK, BORINGSSL"})
  void peersConnectWithEitherEngine(TlsEngine dialing, TlsEngine listening) {
    PeerNetwork first = fixture.network(0, NetworkFixture.limits(), new FakeListener(), dialing);
    PeerNetwork second = fixture.network(1, NetworkFixture.limits(), new FakeListener(), listening);
    NetworkFixture.start(first);
    NetworkFixture.start(second);

    Eventually.holds(
        () -> first.statuses() + " " + second.statuses(),
        () -> first.isConnected(id(1)) && second.isConnected(id(0)));
  }

  @Test
  @Tag("SEND-1")
  void threePeersExchangeMessagesInOrder() {
    List<FakeListener> listeners = new ArrayList<>();
    List<PeerNetwork> networks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      listeners.add(new FakeListener());
      networks.add(fixture.start(i, listeners.get(i)));
    }
    awaitAllConnected(networks);
    List<PeerMessage> sent = messages(400);

    for (PeerMessage message : sent) {
      for (int from = 0; from < 3; from++) {
        for (int to = 0; to < 3; to++) {
          if (from != to) {
            assertTrue(networks.get(from).send(id(to), message));
          }
        }
      }
    }

    Eventually.holds(
        "all messages arrived", () -> listeners.stream().allMatch(l -> l.count() == 2 * 400));
    for (int to = 0; to < 3; to++) {
      for (int from = 0; from < 3; from++) {
        if (from != to) {
          assertEquals(sent, listeners.get(to).messages(id(from)));
        }
      }
    }
    networks.forEach(network -> network.statuses().forEach(PeerNetworkTest::assertHealthy));
  }

  private static void assertHealthy(PeerStatus status) {
    assertTrue(status.connected());
    assertTrue(status.lastSeenMillis() > 0);
    assertEquals(0, status.queuedBytes());
    assertEquals(0, status.dropped());
    assertEquals("", status.lastError());
    assertTrue(status.faults().isEmpty());
  }

  @Test
  void theLargestBundleCrosses() {
    FakeListener listener = new FakeListener();
    PeerNetwork sender = fixture.start(0, new FakeListener());
    fixture.start(1, listener);
    Eventually.holds("connected", () -> sender.isConnected(id(1)));
    PeerMessage bundle = new PeerMessages(3).bundle(1, 2 << 20);

    assertTrue(sender.send(id(1), bundle));

    Eventually.holds("arrived", () -> listener.count() == 1);
    assertEquals(List.of(bundle), listener.messages(id(0)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void aPeerThatComesBackOnTheSamePortIsFoundAgain(int staying, int restarting) {
    FakeListener listener = new FakeListener();
    PeerNetwork stays = fixture.start(staying, listener);
    PeerNetwork before = fixture.start(restarting, new FakeListener());
    Eventually.holds("connected", () -> stays.isConnected(id(restarting)));

    before.close();
    Eventually.holds("gone", () -> !stays.isConnected(id(restarting)));
    assertFalse(stays.send(id(restarting), new PeerMessages(1).bundle(1, 10)));
    FakeListener back = new FakeListener();
    fixture.start(restarting, back);
    Eventually.holds("back", () -> stays.isConnected(id(restarting)));
    PeerMessage message = new PeerMessages(1).bundle(2, 10);
    assertTrue(stays.send(id(restarting), message));

    Eventually.holds("arrived", () -> back.count() == 1);
    assertEquals(List.of(message), back.messages(id(staying)));
    String peer = id(restarting).toString();
    assertEquals(List.of("up " + peer, "down " + peer, "up " + peer), listener.events());
  }

  @Test
  void peersOfOneChainInDifferentEpochsDoNotTalkAndSaySo() {
    PeerNetwork first = fixture.start(0, new FakeListener());
    NetworkFixture.start(
        fixture.network(
            1, NetworkFixture.limits(), new FakeListener(), TlsEngine.best(), new Epoch(2)));

    Eventually.holds(
        () -> first.statuses().toString(),
        () -> first.statuses().getFirst().lastError().contains("epoch"));
    assertFalse(first.isConnected(id(1)));
  }

  @Test
  void theEpochOfAnotherChainIsItsOwn() {
    PeerNetwork first = fixture.start(0, new FakeListener());
    NetworkFixture.start(
        fixture.network(
            2, NetworkFixture.limits(), new FakeListener(), TlsEngine.best(), new Epoch(5)));

    Eventually.holds(() -> first.statuses().toString(), () -> first.isConnected(id(2)));
  }

  @Test
  void aPortInUseIsAClearError() throws IOException {
    PeerNetwork network =
        fixture.network(0, NetworkFixture.limits(), new FakeListener(), TlsEngine.best());
    try (ServerSocket taken =
        new ServerSocket(fixture.port(0), 1, InetAddress.getLoopbackAddress())) {
      ExecutionException error =
          assertThrows(
              ExecutionException.class,
              () -> network.start().toCompletionStage().toCompletableFuture().get());
      String message = error.getCause().getMessage();
      assertTrue(message.contains("127.0.0.1:" + taken.getLocalPort()), message);
      assertTrue(message.contains("stop what uses it"), message);
    }
  }

  @Test
  void idleConnectionsStayUp() {
    FakeListener listener = new FakeListener();
    PeerNetwork first = fixture.start(0, hasty(), listener);
    fixture.start(1, hasty(), new FakeListener());
    Eventually.holds("connected", () -> first.isConnected(id(1)));
    long up = first.statuses().getFirst().lastSeenMillis();

    // Twice the silence that would end the connection, with nothing but pings.
    Eventually.holds(
        "seen long after", () -> first.statuses().getFirst().lastSeenMillis() > up + 600);
    assertEquals(List.of("up " + id(1)), listener.events());
    assertEquals(0, listener.count());
  }

  private static NetLimits hasty() {
    NetLimits limits = NetworkFixture.limits();
    return new NetLimits(
        limits.wire(),
        new NetLimits.Deadlines(2_000, 2_000, 2_000, 2_000, 50, 300, 20),
        limits.admission(),
        limits.outbound(),
        limits.inbound(),
        limits.retry());
  }

  private static List<PeerMessage> messages(int count) {
    PeerMessages random = new PeerMessages(11);
    List<PeerMessage> messages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      messages.add(random.bundle(i, i % 10 == 0 ? 50_000 : 100));
    }
    return messages;
  }

  static void awaitAllConnected(List<PeerNetwork> networks) {
    Eventually.holds(
        () -> networks.stream().map(PeerNetwork::statuses).toList().toString(),
        () ->
            networks.stream()
                .flatMap(network -> network.statuses().stream())
                .allMatch(PeerStatus::connected));
  }
}
