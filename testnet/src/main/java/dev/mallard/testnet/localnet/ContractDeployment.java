package dev.mallard.testnet.localnet;

import dev.mallard.contracts.Inbox;
import dev.mallard.contracts.Outbox;
import dev.mallard.contracts.RevertingReceiver;
import dev.mallard.contracts.StakeRegistry;
import dev.mallard.contracts.TestToken;
import dev.mallard.contracts.TokenBridge;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.tx.gas.DefaultGasProvider;

/** Deploys Mallard's contracts and test tokens, and registers all validators on both chains. */
final class ContractDeployment implements Deployment {
  /** Test accounts that are given tokens. */
  private static final int RICH_ACCOUNTS = 5;

  private static final BigInteger TOKENS_EACH = BigInteger.TEN.pow(24);
  private static final BigInteger DECIMALS = BigInteger.valueOf(18);
  private static final String NATIVE = "0x0000000000000000000000000000000000000000";

  private final Progress progress;

  ContractDeployment(Progress progress) {
    this.progress = progress;
  }

  private record Core(
      String outbox,
      String inbox,
      String registry,
      String bridge,
      String token,
      String reverting) {}

  @Override
  public List<NetworkState.Contracts> deploy(List<Place> places)
      throws IOException, StartFailedException {
    progress.onStep("deploying contracts");
    List<Wallet> admins = new ArrayList<>();
    List<Callable<Core>> cores = new ArrayList<>();
    for (Place place : places) {
      Wallet admin = Wallet.open(place.chain(), 0);
      admins.add(admin);
      cores.add(() -> deployCore(place, admin));
    }
    List<Core> deployed = SideBySide.run(cores);
    progress.onStep("registering validators");
    List<Callable<NetworkState.Contracts>> connections = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      int here = i;
      int there = 1 - i;
      connections.add(() ->
          connect(
              places.get(here),
              admins.get(here),
              deployed.get(here),
              places.get(there),
              deployed.get(there)));
    }
    return SideBySide.run(connections);
  }

  private static Core deployCore(Place place, Wallet admin) throws IOException {
    ChainClient chain = place.chain();
    Address guardian = new Address(admin.address());
    String outbox = chain.deploy(admin, Outbox.BINARY, List.of(guardian));
    String inbox = chain.deploy(admin, Inbox.BINARY, List.of(new Address(outbox), guardian));
    String registry = chain.deploy(admin, StakeRegistry.BINARY, List.of());
    String bridge =
        chain.deploy(
            admin, TokenBridge.BINARY, List.of(new Address(outbox), new Address(inbox), guardian));
    String token =
        chain.deploy(
            admin,
            TestToken.BINARY,
            List.of(
                new Utf8String("Token of " + chain.chainId()),
                new Utf8String("T" + chain.chainId())));
    String reverting = chain.deploy(admin, RevertingReceiver.BINARY, List.of());
    call(
        chain,
        admin,
        outbox,
        Outbox.load(outbox, chain.web3j(), chain.reader(), new DefaultGasProvider())
            .setInbox(inbox)
            .encodeFunctionCall());
    mint(chain, admin, token);
    registerValidators(place, admin, registry);
    return new Core(outbox, inbox, registry, bridge, token, reverting);
  }

  private static void mint(ChainClient chain, Wallet admin, String token) throws IOException {
    TestToken contract =
        TestToken.load(token, chain.web3j(), chain.reader(), new DefaultGasProvider());
    for (int account = 1; account <= RICH_ACCOUNTS; account++) {
      String owner = Wallet.testCredentials(account).getAddress();
      call(chain, admin, token, contract.mint(owner, TOKENS_EACH).encodeFunctionCall());
    }
  }

  private static void registerValidators(Place place, Wallet admin, String registry)
      throws IOException {
    ChainClient chain = place.chain();
    StakeRegistry contract =
        StakeRegistry.load(registry, chain.web3j(), chain.reader(), new DefaultGasProvider());
    for (Registration validator : place.validators()) {
      ValidatorKeys keys = validator.keys();
      String digestCall =
          contract.keyProofDigest(admin.address(), keys.address()).encodeFunctionCall();
      byte[] proof = KeyProof.sign(keys.bridge(), chain.call(registry, digestCall));
      chain.transact(
          admin,
          registry,
          validator.stake(),
          contract
              .register(
                  keys.address(),
                  keys.address(),
                  keys.tlsKey().toBytes(),
                  validator.endpoint(),
                  proof,
                  validator.stake())
              .encodeFunctionCall());
    }
    call(chain, admin, registry, contract.activate().encodeFunctionCall());
  }

  private static NetworkState.Contracts connect(
      Place here, Wallet admin, Core core, Place there, Core other) throws IOException {
    ChainClient chain = here.chain();
    addSource(chain, admin, core.inbox(), there);
    BigInteger remote = BigInteger.valueOf(there.chain().chainId());
    TokenBridge bridge =
        TokenBridge.load(core.bridge(), chain.web3j(), chain.reader(), new DefaultGasProvider());
    List<String> calls =
        List.of(
            bridge.bindPeer(remote, other.bridge()).encodeFunctionCall(),
            bridge.registerHome(NATIVE).encodeFunctionCall(),
            bridge.registerHome(core.token()).encodeFunctionCall(),
            bridge
                .registerWrapped(remote, NATIVE, "Coin of " + remote, "C" + remote, DECIMALS)
                .encodeFunctionCall(),
            bridge
                .registerWrapped(
                    remote, other.token(), "Token of " + remote, "T" + remote, DECIMALS)
                .encodeFunctionCall());
    for (String data : calls) {
      call(chain, admin, core.bridge(), data);
    }
    return new NetworkState.Contracts(
        core.outbox(),
        core.inbox(),
        core.registry(),
        core.bridge(),
        core.token(),
        wrapped(chain, bridge, remote, NATIVE),
        wrapped(chain, bridge, remote, other.token()),
        core.reverting(),
        0);
  }

  private static void addSource(ChainClient chain, Wallet admin, String inbox, Place source)
      throws IOException {
    List<BigInteger> stakes = source.validators().stream().map(Registration::stake).toList();
    FaultModel model =
        FaultModel.bft(new Stake(stakes.stream().reduce(BigInteger.ZERO, BigInteger::add)));
    call(
        chain,
        admin,
        inbox,
        Inbox.load(inbox, chain.web3j(), chain.reader(), new DefaultGasProvider())
            .addSource(
                BigInteger.valueOf(source.chain().chainId()),
                BigInteger.ONE,
                source.validators().stream().map(validator -> validator.keys().address()).toList(),
                stakes,
                model.u().units(),
                model.r().units())
            .encodeFunctionCall());
  }

  private static String wrapped(
      ChainClient chain, TokenBridge bridge, BigInteger homeChain, String homeToken)
      throws IOException {
    String word =
        chain.call(
            bridge.getContractAddress(), bridge.bridged(homeChain, homeToken).encodeFunctionCall());
    return "0x" + word.substring(word.length() - 40);
  }

  private static void call(ChainClient chain, Wallet admin, String to, String data)
      throws IOException {
    chain.transact(admin, to, BigInteger.ZERO, data);
  }
}
