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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keys and configuration of a node without a network around it. */
public final class PracticeNode {
  private PracticeNode() {}

  /** Writes its folder; the configuration file. Nothing needs to answer at the RPC's port. */
  public static Path write(NetworkFolder folder, int peerPort, int restPort, int rpcPort)
      throws IOException {
    SecureRandom random = new SecureRandom();
    ValidatorKeys keys = ValidatorKeys.generate(random);
    Path home = Files.createDirectories(folder.node("practice"));
    keys.save(home, random);
    RsmId remote = NetworkPlan.RIGHT;
    Stake stake = new Stake(BigInteger.ONE);
    Validator validator = new Validator(0, BridgeAddress.fromHex(keys.address()), stake);
    RegistryEntry entry = new RegistryEntry(validator, "127.0.0.1:" + peerPort, keys.tlsKey());
    StakeFileWriter.write(
        Registry.of(remote, new Epoch(1), List.of(entry), FaultModel.bft(stake)),
        folder.validatorsFile(remote.value()));
    Path config = home.resolve("node.toml");
    Files.writeString(
        config,
        NodeConfigText.of(
            side(NetworkPlan.LEFT, rpcPort),
            side(remote, rpcPort),
            peerPort,
            restPort,
            folder.validatorsFile(remote.value()).toString()),
        StandardCharsets.UTF_8);
    return config;
  }

  private static NetworkState.Side side(RsmId chain, int rpcPort) {
    return new NetworkState.Side(
        chain.value(),
        "http://127.0.0.1:" + rpcPort,
        "ws://127.0.0.1:" + rpcPort,
        new NetworkState.Running("chain", 0, 0, ""),
        Optional.of(
            new NetworkState.Contracts(
                nowhere(1),
                nowhere(2),
                nowhere(3),
                nowhere(4),
                nowhere(5),
                nowhere(6),
                nowhere(7),
                nowhere(8),
                0)),
        List.of());
  }

  private static String nowhere(int place) {
    return String.format(Locale.ROOT, "0x%040x", place);
  }
}
