package dev.mallard.testnet.localnet;

import java.util.Locale;

/**
 * The configuration file of one node of a local network, with only the keys that differ from the
 * defaults.
 */
public final class NodeConfigText {
  private NodeConfigText() {}

  /**
   * The TOML text.
   *
   * @param local the chain that the node runs beside
   * @param remote the other one
   * @param validatorsFile the remote validators, relative to the node's folder
   */
  public static String of(
      NetworkState.Side local,
      NetworkState.Side remote,
      int peerPort,
      int restPort,
      String validatorsFile) {
    NetworkState.Contracts here = local.contracts().orElseThrow();
    NetworkState.Contracts there = remote.contracts().orElseThrow();
    return String.format(
        Locale.ROOT,
        """
        # A node of a local test network, written by `mallard testnet`.
        data-folder = "data"

        [identity]
        keystore = "bridge-key.json"
        password-file = "bridge-key.password"
        tls-keystore = "tls.p12"
        tls-password-file = "tls.password"

        [chain]
        id = %d
        rpc-urls = ["%s"]
        web-socket-url = "%s"
        outbox = "%s"
        inbox = "%s"
        registry = "%s"
        deployment-block = %d
        poll-millis = 1000

        [remote]
        id = %d
        inbox = "%s"
        validators-file = "%s"

        [net]
        listen-host = "127.0.0.1"
        port = %d

        [api]
        host = "127.0.0.1"
        port = %d
        """,
        local.chainId(),
        local.rpcUrl(),
        local.webSocketUrl(),
        here.outbox(),
        here.inbox(),
        here.registry(),
        here.deploymentBlock(),
        remote.chainId(),
        there.inbox(),
        validatorsFile.replace("\\", "\\\\"),
        peerPort,
        restPort);
  }
}
