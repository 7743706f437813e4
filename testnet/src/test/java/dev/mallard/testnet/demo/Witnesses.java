package dev.mallard.testnet.demo;

import dev.mallard.net.NetLimits;
import dev.mallard.net.PeerAddress;
import dev.mallard.net.PeerNetwork;
import dev.mallard.net.PeerNetworkOptions;
import dev.mallard.net.TlsIdentity;
import dev.mallard.net.TlsKeystore;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.source.Endpoint;
import dev.mallard.stake.source.FileStakeSource;
import dev.mallard.stake.source.Registry;
import dev.mallard.stake.source.RegistryEntry;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkState;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The last validator of each chain, played by the test: with the keys and at the port of a node
 * that was ended, each speaks the wire protocol over TLS, hears what a validator hears, and says
 * nothing. Their stake is so small that the others hardly miss them.
 */
final class Witnesses implements AutoCloseable {
  private static final int SECONDS_MAX = 20;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
  private final Heard heard = new Heard();
  private final List<PeerNetwork> networks = new ArrayList<>();

  private Witnesses() {}

  /** Ends the last node of each chain and takes its place. */
  static Witnesses replaceLast(LocalNetwork network) throws IOException {
    Witnesses witnesses = new Witnesses();
    try {
      for (int side = 0; side < network.state().sides().size(); side++) {
        int last = network.state().sides().get(side).nodes().size() - 1;
        network.killNode(side, last);
        witnesses.start(network, side, last);
      }
      return witnesses;
    } catch (IOException | RuntimeException failure) {
      witnesses.close();
      throw failure;
    }
  }

  private void start(LocalNetwork network, int side, int index) throws IOException {
    List<Registry> registries = new ArrayList<>();
    for (NetworkState.Side each : network.state().sides()) {
      Path file = network.folder().validatorsFile(each.chainId());
      registries.add(FileStakeSource.open(file).registry());
    }
    Registry own = registries.get(side);
    ReplicaId self = new ReplicaId(own.table().rsm(), index);
    List<PeerAddress> peers = new ArrayList<>();
    registries.forEach(registry -> peers.addAll(addresses(registry)));
    peers.removeIf(peer -> peer.id().equals(self));
    NetworkState.Node node = network.state().sides().get(side).nodes().get(index);
    Path folder = network.folder().node(node.process().name());
    TlsIdentity keys = TlsKeystore.load(folder.resolve("tls.p12"), folder.resolve("tls.password"));
    PeerNetwork witness =
        new PeerNetwork(
            vertx,
            new PeerNetworkOptions(
                self,
                own.table().epoch(),
                "127.0.0.1",
                node.peerPort(),
                keys,
                peers,
                NetLimits.defaults()),
            heard.listener());
    networks.add(witness);
    await(witness.start().toCompletionStage().toCompletableFuture());
  }

  private static List<PeerAddress> addresses(Registry registry) {
    List<PeerAddress> peers = new ArrayList<>();
    for (RegistryEntry entry : registry.entries()) {
      Endpoint endpoint = entry.address().orElseThrow();
      peers.add(
          new PeerAddress(
              new ReplicaId(registry.table().rsm(), entry.validator().index()),
              endpoint.host(),
              endpoint.port(),
              entry.tlsKey()));
    }
    return peers;
  }

  private static void await(CompletableFuture<Void> done) throws IOException {
    try {
      done.get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a witness is not up: " + e.getMessage(), e);
    }
  }

  /** What they have heard, together. */
  Heard heard() {
    return heard;
  }

  /** Whether all of them are connected with a node. */
  boolean isConnected(ReplicaId node) {
    return networks.stream().allMatch(witness -> witness.isConnected(node));
  }

  /** Whether a node's last connection has ended: then all that it sent has been heard. */
  boolean isGone(ReplicaId node) {
    return networks.stream().noneMatch(witness -> witness.isConnected(node));
  }

  @Override
  public void close() {
    networks.forEach(PeerNetwork::close);
    try {
      await(vertx.close().toCompletionStage().toCompletableFuture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
