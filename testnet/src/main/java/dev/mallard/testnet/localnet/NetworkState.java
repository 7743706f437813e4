package dev.mallard.testnet.localnet;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs in a network and where, as {@code network.json} keeps it for other processes.
 *
 * @param format of the file, {@link #FORMAT}
 * @param ready whether the start was completed
 * @param sides the two chains with what belongs to them
 */
public record NetworkState(int format, boolean ready, String stakes, List<Side> sides) {
  /** Changes when the fields do. */
  public static final int FORMAT = 1;

  public NetworkState {
    sides = List.copyOf(sides);
  }

  /**
   * One chain, its contracts and its nodes.
   *
   * @param contracts empty until they are deployed
   */
  public record Side(
      long chainId,
      String rpcUrl,
      String webSocketUrl,
      Running chain,
      Optional<Contracts> contracts,
      List<Node> nodes) {
    public Side {
      nodes = List.copyOf(nodes);
    }

    Side withContracts(Contracts deployed) {
      return new Side(chainId, rpcUrl, webSocketUrl, chain, Optional.of(deployed), nodes);
    }

    Side withNodes(List<Node> started) {
      return new Side(chainId, rpcUrl, webSocketUrl, chain, contracts, started);
    }
  }

  /**
   * A process of the network.
   *
   * @param startMillis when the system says it started: guards against a reused id
   */
  public record Running(String name, long pid, long startMillis, String log) {
    /** Of a process that this one started. */
    public static Running of(ChildProcess process) {
      return new Running(
          process.name(), process.pid(), process.startMillis(), process.log().toString());
    }

    /** The process, unless it has ended. */
    public Optional<ChildProcess> attach() {
      return ChildProcess.attach(name, pid, startMillis, java.nio.file.Path.of(log));
    }
  }

  /**
   * Addresses on one chain, as {@code 0x…}.
   *
   * @param token the ERC-20 that is at home here
   * @param wrappedNative the other chain's native coin here
   * @param wrappedToken the other chain's token here
   * @param reverting a recipient that refuses whatever it is given
   */
  public record Contracts(
      String outbox,
      String inbox,
      String registry,
      String bridge,
      String token,
      String wrappedNative,
      String wrappedToken,
      String reverting,
      long deploymentBlock) {}

  /**
   * One validator's bridge node.
   *
   * @param stake decimal
   * @param key the bridge key's address
   */
  public record Node(
      int index,
      String stake,
      String key,
      int restPort,
      int peerPort,
      String config,
      Running process) {
    /** Where its REST interface answers. */
    public String restUrl() {
      return "http://127.0.0.1:" + restPort;
    }

    Node withProcess(ChildProcess started) {
      return new Node(index, stake, key, restPort, peerPort, config, Running.of(started));
    }
  }

  /** Every process, nodes first: the order to stop them in. */
  public List<Running> processes() {
    return Stream.concat(
            sides.stream().flatMap(side -> side.nodes().stream()).map(Node::process),
            sides.stream().map(Side::chain))
        .toList();
  }

  /** The side of a chain; IllegalArgumentException names the chains there are. */
  public Side side(long chainId) {
    return sides.stream()
        .filter(side -> side.chainId() == chainId)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "chain "
                    + chainId
                    + " is not in this network; it has "
                    + sides.stream().map(Side::chainId).toList()));
  }

  /** The side that is not the given one. */
  public Side other(Side side) {
    return sides.get(0).chainId() == side.chainId() ? sides.get(1) : sides.get(0);
  }
}
