package dev.mallard.chain.evm;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One EVM chain and how to reach it.
 *
 * @param chain its chain id, which every endpoint must report
 * @param rpcUrls http or https, in order of preference; user info becomes basic authentication
 * @param webSocketUrl ws or wss, for hints about new heads; the connector works without
 * @param deploymentBlock the block that holds the Outbox's deployment; 0 to search for it
 * @param headAgeMax a newest block older than this lets the connector look for a fresher endpoint
 */
public record EvmOptions(
    RsmId chain,
    List<URI> rpcUrls,
    Optional<URI> webSocketUrl,
    BridgeAddress outbox,
    BridgeAddress inbox,
    long deploymentBlock,
    Duration headAgeMax,
    RpcLimits limits,
    FeeOptions fees) {

  /** Most endpoints of one chain. */
  public static final int RPC_URLS_MAX = 16;

  public EvmOptions {
    rpcUrls = List.copyOf(rpcUrls);
    if (rpcUrls.isEmpty() || rpcUrls.size() > RPC_URLS_MAX) {
      throw new IllegalArgumentException(
          "a chain has 1.." + RPC_URLS_MAX + " RPC URLs, got " + rpcUrls.size());
    }
    rpcUrls.forEach(url -> requireScheme(url, "http", "https"));
    webSocketUrl.ifPresent(url -> requireScheme(url, "ws", "wss"));
    if (deploymentBlock < 0) {
      throw new IllegalArgumentException("deployment block " + deploymentBlock + " is negative");
    }
  }

  private static void requireScheme(URI url, String plain, String secure) {
    boolean known = plain.equals(url.getScheme()) || secure.equals(url.getScheme());
    if (!known || url.getHost() == null) {
      throw new IllegalArgumentException(
          EndpointName.of(url) + " is no " + plain + ":// or " + secure + ":// URL with a host");
    }
  }
}
