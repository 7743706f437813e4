package dev.mallard.testnet.localnet;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.Validator;
import dev.mallard.stake.source.Registry;
import dev.mallard.stake.source.RegistryEntry;
import dev.mallard.stake.source.StakeFileWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Starts networks, part by part; the first that fails is named and what was started is stopped. */
public final class NetworkStarter {
  private static final int ACCOUNTS = 12;

  private final NetworkPlan plan;
  private final Deployment deployment;
  private final Progress progress;
  private final SecureRandom random = new SecureRandom();
  private final LocalNetwork network;
  private final List<AnvilChain> chains = new ArrayList<>();
  private final List<List<Deployment.Registration>> validators = new ArrayList<>();
  private final List<List<Integer>> restPorts = new ArrayList<>();

  private NetworkStarter(NetworkPlan plan, Deployment deployment, Progress progress) {
    this.plan = plan;
    this.deployment = deployment;
    this.progress = progress;
    String stakes = plan.stakes().toString();
    this.network =
        new LocalNetwork(
            plan.folder(), new NetworkState(NetworkState.FORMAT, false, stakes, List.of()));
  }

  /**
   * Starts all of a network and waits until every node is ready.
   *
   * @param onBegun hears of the network before its first process starts, so that a shutdown hook
   *     can end it
   */
  public static LocalNetwork start(
      NetworkPlan plan, Progress progress, Consumer<LocalNetwork> onBegun)
      throws StartFailedException, IOException {
    NetworkStarter starter = new NetworkStarter(plan, new ContractDeployment(progress), progress);
    onBegun.accept(starter.network);
    try {
      starter.run();
      return starter.network;
    } catch (StartFailedException | IOException | RuntimeException failure) {
      starter.network.close();
      throw failure;
    }
  }

  private void run() throws StartFailedException, IOException {
    refuseSecond();
    refuseForeign();
    plan.folder().create();
    startChains();
    prepareValidators();
    deploy();
    writeNodeFolders();
    List<NodeStarter.Planned> planned = new ArrayList<>();
    for (int side = 0; side < validators.size(); side++) {
      planned.addAll(plannedNodes(side));
    }
    new NodeStarter(network, planned, progress).run();
    network.saveReady();
  }

  /** What is not a network's would be lost when the network is removed. */
  private void refuseForeign() throws StartFailedException, IOException {
    if (!plan.folder().isAbsentOrEmpty()) {
      throw new StartFailedException(
          "the folder "
              + plan.folder().root()
              + " is not empty and holds no network; name another with --dir FOLDER, or empty it");
    }
  }

  private void refuseSecond() throws StartFailedException, IOException {
    Optional<NetworkState> old = NetworkStateFile.read(plan.folder());
    if (old.isEmpty()) {
      return;
    }
    if (old.get().processes().stream().anyMatch(process -> process.attach().isPresent())) {
      throw new StartFailedException(
          "a network runs in "
              + plan.folder().root()
              + "; stop it with `mallard testnet down`, or start another with --dir FOLDER");
    }
    plan.folder().remove();
  }

  private void startChains() throws StartFailedException, IOException {
    List<RsmId> ids = List.of(plan.left(), plan.right());
    List<Integer> ports = FreePorts.pick(ids.size());
    progress.onStep("starting chains " + ids.get(0) + " and " + ids.get(1));
    for (int i = 0; i < ids.size(); i++) {
      Path log = plan.folder().log("chain-" + ids.get(i));
      AnvilChain chain =
          AnvilChain.start(
              ids.get(i),
              ports.get(i),
              plan.slotsInAnEpoch(),
              ACCOUNTS,
              plan.folder().chains(),
              log,
              network::onChain);
      chains.add(chain);
      network.saveSide(
          i,
          new NetworkState.Side(
              chain.id().value(),
              chain.rpcUrl().toString(),
              chain.webSocketUrl().toString(),
              NetworkState.Running.of(chain.process()),
              Optional.empty(),
              List.of()));
    }
  }

  private void prepareValidators() throws IOException {
    List<List<BigInteger>> stakes = List.of(plan.stakes().left(), plan.stakes().right());
    int nodes = plan.stakes().left().size() + plan.stakes().right().size();
    List<Integer> ports = FreePorts.pick(2 * nodes);
    int next = 0;
    for (List<BigInteger> side : stakes) {
      List<Deployment.Registration> registrations = new ArrayList<>();
      for (int i = 0; i < side.size(); i++) {
        String endpoint = "127.0.0.1:" + ports.get(next + i);
        registrations.add(
            new Deployment.Registration(ValidatorKeys.generate(random), side.get(i), endpoint));
      }
      validators.add(registrations);
      restPorts.add(ports.subList(nodes + next, nodes + next + side.size()));
      next += side.size();
    }
  }

  private void deploy() throws StartFailedException, IOException {
    List<Deployment.Place> places = new ArrayList<>();
    try {
      for (int side = 0; side < chains.size(); side++) {
        AnvilChain chain = chains.get(side);
        for (Deployment.Registration validator : validators.get(side)) {
          chain.fund(validator.keys().address());
        }
        places.add(
            new Deployment.Place(
                ChainClient.open(chain.id().value(), chain.rpcUrl().toString()),
                validators.get(side)));
      }
      List<NetworkState.Contracts> contracts = deployment.deploy(places);
      for (int side = 0; side < chains.size(); side++) {
        network.saveSide(
            side, network.state().sides().get(side).withContracts(contracts.get(side)));
        chains.get(side).startClock();
      }
    } catch (IOException e) {
      throw new StartFailedException(
          String.format(
              Locale.ROOT,
              "deploying the contracts failed: %s; the chains' logs are in %s",
              e.getMessage(),
              plan.folder().logs()),
          e);
    } finally {
      places.forEach(place -> place.chain().close());
    }
  }

  private void writeNodeFolders() throws IOException, StartFailedException {
    progress.onStep("writing keys and configuration of " + nodeCount() + " nodes");
    List<Callable<Boolean>> writes = new ArrayList<>();
    for (int side = 0; side < validators.size(); side++) {
      writeValidatorsFile(side);
      for (int index = 0; index < validators.get(side).size(); index++) {
        int ofSide = side;
        int ofIndex = index;
        writes.add(() -> {
          writeNodeFolder(ofSide, ofIndex);
          return true;
        });
      }
    }
    SideBySide.run(writes);
  }

  private int nodeCount() {
    return validators.stream().mapToInt(List::size).sum();
  }

  private void writeValidatorsFile(int side) throws IOException {
    List<RegistryEntry> entries = new ArrayList<>();
    BigInteger total = BigInteger.ZERO;
    for (Deployment.Registration validator : validators.get(side)) {
      entries.add(
          new RegistryEntry(
              new Validator(
                  entries.size(),
                  BridgeAddress.fromHex(validator.keys().address()),
                  new Stake(validator.stake())),
              validator.endpoint(),
              validator.keys().tlsKey()));
      total = total.add(validator.stake());
    }
    RsmId rsm = chains.get(side).id();
    Registry registry = Registry.of(rsm, new Epoch(1), entries, FaultModel.bft(new Stake(total)));
    StakeFileWriter.write(registry, plan.folder().validatorsFile(rsm.value()));
  }

  private void writeNodeFolder(int side, int index) throws IOException {
    NetworkState.Side local = network.state().sides().get(side);
    NetworkState.Side remote = network.state().sides().get(1 - side);
    Path nodeFolder = plan.folder().node(nodeName(side, index));
    Files.createDirectories(nodeFolder);
    Deployment.Registration validator = validators.get(side).get(index);
    validator.keys().save(nodeFolder, random);
    Files.writeString(
        nodeFolder.resolve("node.toml"),
        NodeConfigText.of(
            local,
            remote,
            peerPort(validator),
            restPorts.get(side).get(index),
            plan.folder().validatorsFile(remote.chainId()).toString()),
        StandardCharsets.UTF_8);
  }

  private static int peerPort(Deployment.Registration validator) {
    return Integer.parseInt(validator.endpoint().substring(validator.endpoint().indexOf(':') + 1));
  }

  private String nodeName(int side, int index) {
    return "node-" + chains.get(side).id() + "-" + index;
  }

  private List<NodeStarter.Planned> plannedNodes(int side) {
    List<NodeStarter.Planned> planned = new ArrayList<>();
    for (int index = 0; index < validators.get(side).size(); index++) {
      Deployment.Registration validator = validators.get(side).get(index);
      String name = nodeName(side, index);
      planned.add(
          new NodeStarter.Planned(
              side,
              index,
              name,
              validator.stake().toString(),
              validator.keys().address(),
              peerPort(validator),
              restPorts.get(side).get(index),
              plan.folder().node(name).resolve("node.toml"),
              readyPatience()));
    }
    return planned;
  }

  private Duration readyPatience() {
    return Duration.ofSeconds(60 + 5L * nodeCount());
  }
}
