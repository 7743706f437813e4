package dev.mallard.net;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.wire.WireLimits;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Replicas that know each other, on loopback: 0 and 1 of RSM 7, then those of RSM 8 from number 2
 * on. A smaller number dials a larger one.
 */
final class NetworkFixture implements AutoCloseable {
  static final RsmId RSM = new RsmId(7);
  static final RsmId OTHER_RSM = new RsmId(8);
  static final String HOST = "127.0.0.1";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final List<TlsIdentity> identities = new ArrayList<>();
  private final List<PeerAddress> addresses = new ArrayList<>();
  private final List<PeerNetwork> started = new ArrayList<>();

  NetworkFixture(int replicas) {
    for (int i = 0; i < replicas; i++) {
      addIdentity(TlsIdentity.generate(RANDOM));
    }
  }

  /** One more replica that the others know. */
  void addIdentity(TlsIdentity identity) {
    identities.add(identity);
    addresses.add(
        new PeerAddress(id(addresses.size()), HOST, freePort(), identity.publicKeyHash()));
  }

  static ReplicaId id(int number) {
    return number < 2 ? new ReplicaId(RSM, number) : new ReplicaId(OTHER_RSM, number - 2);
  }

  /** Impatient ones; wire limits as in the field. */
  static NetLimits limits() {
    return new NetLimits(
        WireLimits.defaults(),
        new NetLimits.Deadlines(2_000, 2_000, 2_000, 5_000, 2_000, 6_000, 50),
        new NetLimits.Admission(64, 32),
        new NetLimits.Outbound(8 << 20, 64L << 20, 4096, 64 << 10, 256 << 10),
        new NetLimits.Inbound(4 << 20, 64L << 20, 50_000, 100_000),
        new NetLimits.Retry(20, 200, 1_000, 300, 1_000));
  }

  TlsIdentity identity(int number) {
    return identities.get(number);
  }

  int port(int number) {
    return addresses.get(number).port();
  }

  PeerNetwork network(int number, NetLimits limits, PeerListener listener, TlsEngine engine) {
    return network(number, limits, listener, engine, Epoch.FIRST);
  }

  PeerNetwork network(
      int number, NetLimits limits, PeerListener listener, TlsEngine engine, Epoch epoch) {
    List<PeerAddress> peers = new ArrayList<>(addresses);
    peers.remove(number);
    PeerNetworkOptions options =
        new PeerNetworkOptions(
            id(number), epoch, HOST, port(number), identity(number), peers, limits);
    PeerNetwork network = new PeerNetwork(vertx, options, listener, engine);
    started.add(network);
    return network;
  }

  PeerNetwork start(int number, NetLimits limits, PeerListener listener) {
    return start(network(number, limits, listener, TlsEngine.best()));
  }

  PeerNetwork start(PeerNetworkOptions options, PeerListener listener) {
    PeerNetwork network = new PeerNetwork(vertx, options, listener);
    started.add(network);
    return start(network);
  }

  PeerNetwork start(int number, PeerListener listener) {
    return start(number, limits(), listener);
  }

  static PeerNetwork start(PeerNetwork network) {
    try {
      network.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      return network;
    } catch (Exception e) {
      throw new AssertionError("did not start", e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    started.forEach(PeerNetwork::close);
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("Vert.x did not close", e);
    }
  }
}
