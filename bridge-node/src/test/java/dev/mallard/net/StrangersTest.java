package dev.mallard.net;

import static dev.mallard.net.NetworkFixture.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.ReplicaId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever cannot show that he is a peer learns nothing and costs little. */
class StrangersTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final NetworkFixture fixture = new NetworkFixture(3);
  private final FakeListener listener = new FakeListener();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStrangersKeyIsTurnedAway(TlsEngine engine) throws IOException {
    PeerNetwork network = startListening(engine);

    try (RawPeer stranger = RawPeer.tls(fixture.port(1), TlsIdentity.generate(RANDOM))) {
      stranger.awaitClosed();
    } catch (IOException refusedDuringHandshake) {
      // just as well
    }

    assertTurnedAway(network);
  }

  @ParameterizedTest
  @EnumSource
  void aClientWithoutCertificateIsTurnedAway(TlsEngine engine) throws IOException {
    PeerNetwork network = startListening(engine);

    try (RawPeer nobody = RawPeer.tls(fixture.port(1), null)) {
      nobody.awaitClosed();
    } catch (IOException refusedDuringHandshake) {
      // just as well
    }

    assertTurnedAway(network);
  }

  @ParameterizedTest
  @EnumSource
  void plainTextIsTurnedAway(TlsEngine engine) throws IOException {
    PeerNetwork network = startListening(engine);

    try (RawPeer browser = RawPeer.plain(fixture.port(1))) {
      browser.sendBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      browser.awaitClosed();
    }

    assertTurnedAway(network);
  }

  @ParameterizedTest
  @EnumSource
  void anExpiredCertificateIsTurnedAwayAndNamed(TlsEngine engine) throws IOException {
    try (NetworkFixture two = new NetworkFixture(0)) {
      two.addIdentity(validFor(-20, -10));
      two.addIdentity(TlsIdentity.generate(RANDOM));
      PeerNetwork current = two.network(1, NetworkFixture.limits(), listener, engine);
      NetworkFixture.start(current);

      try (RawPeer expired = RawPeer.tls(two.port(1), two.identity(0))) {
        expired.awaitClosed();
      } catch (IOException refusedDuringHandshake) {
        // just as well
      }

      assertTurnedAway(current);
      String error = current.statuses().getFirst().lastError();
      assertTrue(error.contains("is valid from"), error);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDialledPeerWhoseCertificateIsNotValidNowIsNamedToo(TlsEngine engine) {
    try (NetworkFixture two = new NetworkFixture(1)) {
      two.addIdentity(validFor(10, 20));
      PeerNetwork current = two.network(0, NetworkFixture.limits(), listener, engine);
      NetworkFixture.start(current);
      two.start(1, new FakeListener());

      Eventually.holds(
          () -> current.statuses().toString(),
          () -> current.statuses().getFirst().lastError().contains("is valid from"));
      assertFalse(current.isConnected(id(1)));
    }
  }

  @Test
  void aNodeWhoseOwnCertificateHasEndedSaysSoInsteadOfStarting() {
    try (NetworkFixture two = new NetworkFixture(1)) {
      two.addIdentity(validFor(-20, -10));
      PeerNetwork late = two.network(1, NetworkFixture.limits(), listener, TlsEngine.best());

      String message = late.start().cause().getMessage();
      assertTrue(message.contains("make a new key"), message);
    }
  }

  private static TlsIdentity validFor(int fromDays, int untilDays) {
    Instant now = Instant.now();
    return TlsIdentity.generate(
        RANDOM, now.plus(Duration.ofDays(fromDays)), now.plus(Duration.ofDays(untilDays)));
  }

  @Test
  void aDialledStrangerIsNotSpokenTo() {
    try (NetworkFixture impostors = new NetworkFixture(2)) {
      PeerNetwork network = fixture.start(0, listener);
      PeerNetworkOptions impostor =
          new PeerNetworkOptions(
              id(1),
              Epoch.FIRST,
              NetworkFixture.HOST,
              fixture.port(1),
              impostors.identity(1),
              List.of(
                  new PeerAddress(
                      id(0), NetworkFixture.HOST, 1, fixture.identity(0).publicKeyHash())),
              NetworkFixture.limits());
      impostors.start(impostor, new FakeListener());

      Eventually.holds(
          () -> network.statuses().toString(),
          () -> network.statuses().getFirst().lastError().contains("belongs to no known peer"));
      assertFalse(network.isConnected(id(1)));
    }
  }

  @Test
  void aPeerThatMustBeDialledMayNotDial() throws IOException {
    PeerNetwork network = startListening(TlsEngine.best());

    try (RawPeer larger = RawPeer.tls(fixture.port(1), fixture.identity(2))) {
      larger.awaitClosed();
    }

    assertTurnedAway(network);
  }

  @Test
  void aPeerThatCallsItselfAnotherIsTurnedAway() throws IOException {
    PeerNetwork network = startListening(TlsEngine.best());

    try (RawPeer liar = RawPeer.tls(fixture.port(1), fixture.identity(0))) {
      liar.send(List.of(RawPeer.hello(new ReplicaId(NetworkFixture.RSM, 5))));
      liar.awaitClosed();
    }

    Eventually.holds(
        () -> network.statuses().toString(),
        () -> network.statuses().getFirst().lastError().contains("calls itself 7/5"));
    assertEquals(List.of(), listener.events());
  }

  @Test
  void connectionsThatSayNothingAreBoundedAndEnd() throws IOException {
    NetLimits few =
        new NetLimits(
            NetworkFixture.limits().wire(),
            new NetLimits.Deadlines(2_000, 300, 300, 300, 2_000, 6_000, 20),
            new NetLimits.Admission(6, 3),
            NetworkFixture.limits().outbound(),
            NetworkFixture.limits().inbound(),
            NetworkFixture.limits().retry());
    PeerNetwork network = fixture.start(1, few, listener);
    List<RawPeer> silent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      silent.add(RawPeer.plain(fixture.port(1)));
    }

    Eventually.holds("seven too many", () -> network.refusedConnections() >= 7);
    for (RawPeer peer : silent) {
      peer.awaitClosed();
      peer.close();
    }
    PeerNetwork honest = fixture.start(0, new FakeListener());
    Eventually.holds(() -> honest.statuses().toString(), () -> honest.isConnected(id(1)));
  }

  private PeerNetwork startListening(TlsEngine engine) {
    return NetworkFixture.start(fixture.network(1, NetworkFixture.limits(), listener, engine));
  }

  private void assertTurnedAway(PeerNetwork network) {
    Eventually.holds("refused", () -> network.refusedConnections() >= 1);
    assertFalse(network.isConnected(id(0)));
    assertEquals(List.of(), listener.events());
    assertTrue(listener.faults().isEmpty());
  }
}
