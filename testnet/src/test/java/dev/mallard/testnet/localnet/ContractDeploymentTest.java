package dev.mallard.testnet.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.RsmId;
import dev.mallard.testnet.demo.BridgeDesk;
import dev.mallard.testnet.demo.SendRequest;
import dev.mallard.testnet.demo.SupplyEvidence;
import dev.mallard.testnet.demo.Transfer.Asset;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two real chains, without nodes: what is sent waits in the Outbox. */
final class ContractDeploymentTest {
  private static final BigInteger AMOUNT = BigInteger.valueOf(12_345);

  @TempDir private Path temp = Path.of("");

  @Test
  void contractsAreDeployedConnectedAndTakeTransfers() throws IOException, StartFailedException {
    List<Integer> ports = FreePorts.pick(2);
    try (AnvilChain left = chain(71, ports.get(0));
        AnvilChain right = chain(72, ports.get(1))) {
      NetworkState state = deploy(List.of(left, right));
      left.startClock();
      right.startClock();
      try (BridgeDesk desk = BridgeDesk.open(state)) {
        desk.approve(List.of(Asset.TOKEN));
        String token = state.sides().get(1).contracts().orElseThrow().token();
        assertEquals(1, index(desk, request(0, SendRequest.NATIVE, desk.user())));
        assertEquals(2, index(desk, request(0, SendRequest.NATIVE, desk.user())));
        assertEquals(1, index(desk, request(1, token, desk.user())));
        assertEquals(List.of(1L, 2L), desk.sent(desk.streams().get(0)));
        assertEquals(List.of(1L), desk.sent(desk.streams().get(1)));
        assertEquals(List.of(), desk.executions(desk.streams().get(0)));
        assertEquals(List.of(), desk.deliveries(desk.streams().get(0)));
        SupplyEvidence coin = desk.supplies().getFirst();
        assertEquals(AMOUNT.multiply(BigInteger.TWO), coin.locked());
        assertEquals(coin.before().subtract(coin.locked()), coin.circulating());
      }
    }
  }

  @Test
  void theClockOfAChainIsThatOfTheMachine() throws IOException, StartFailedException {
    try (AnvilChain chain = chain(73, FreePorts.pick(1).getFirst());
        ChainClient client = ChainClient.open(73, chain.rpcUrl().toString())) {
      chain.startClock();
      long before = client.latestBlock();
      assertTrue(Await.until(Duration.ofSeconds(10), () -> newest(client) > before + 1));
      long stamped = client.block(client.latestBlock()).getTimestamp().longValueExact();
      assertEquals(System.currentTimeMillis() / 1000.0, (double) stamped, 2.5);
    }
  }

  private static long newest(ChainClient client) {
    try {
      return client.latestBlock();
    } catch (IOException e) {
      return -1;
    }
  }

  private static SendRequest request(int side, String token, String recipient) {
    return new SendRequest(side, token, AMOUNT, recipient, 0, "0x");
  }

  private static long index(BridgeDesk desk, SendRequest request) throws IOException {
    return desk.awaitIndex(request.side(), desk.send(request));
  }

  private AnvilChain chain(long id, int port) throws StartFailedException {
    return AnvilChain.start(
        new RsmId(id), port, 1, 6, temp, temp.resolve("chain-" + id + ".log"), process -> {});
  }

  private static NetworkState deploy(List<AnvilChain> chains)
      throws IOException, StartFailedException {
    SecureRandom random = new SecureRandom();
    List<Deployment.Place> places = new ArrayList<>();
    for (AnvilChain chain : chains) {
      List<Deployment.Registration> validators = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ValidatorKeys keys = ValidatorKeys.generate(random);
        validators.add(
            new Deployment.Registration(
                keys, BigInteger.valueOf(10 + i), "127.0.0.1:" + (700 + i)));
      }
      ChainClient client = ChainClient.open(chain.id().value(), chain.rpcUrl().toString());
      places.add(new Deployment.Place(client, validators));
    }
    List<NetworkState.Contracts> contracts = new ContractDeployment(line -> {}).deploy(places);
    places.forEach(place -> place.chain().close());
    List<NetworkState.Side> sides = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      AnvilChain chain = chains.get(i);
      sides.add(
          new NetworkState.Side(
              chain.id().value(),
              chain.rpcUrl().toString(),
              chain.webSocketUrl().toString(),
              NetworkState.Running.of(chain.process()),
              Optional.of(contracts.get(i)),
              List.of()));
    }
    return new NetworkState(NetworkState.FORMAT, true, "", sides);
  }
}
