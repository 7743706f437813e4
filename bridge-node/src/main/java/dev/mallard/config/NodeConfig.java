package dev.mallard.config;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A validator's bridge node, checked: every path is absolute, every number within its limits. Read
 * by ConfigFile; environment and flags have been laid over the file already.
 */
public record NodeConfig(
    Identity identity,
    Chain chain,
    Remote remote,
    Net net,
    Api api,
    Path dataFolder,
    C3bParameters c3b,
    Delivery delivery) {

  /**
   * Who this node is.
   *
   * @param keystore encrypted Web3 keystore of the bridge key
   * @param tlsKeystore encrypted PKCS#12 of the TLS key
   * @param payout whom fees are credited to; the bridge key's address if not set
   */
  public record Identity(
      Path keystore,
      Path passwordFile,
      Path tlsKeystore,
      Path tlsPasswordFile,
      Optional<BridgeAddress> payout) {}

  /**
   * The chain this node runs beside.
   *
   * @param registry its StakeRegistry contract: the local validators, their endpoints and TLS keys
   * @param deploymentBlock where reading the Outbox starts
   * @param pollMillis between looks at the chain when no hint comes
   * @param headAgeSecondsMax an older newest block makes the node unhealthy
   */
  public record Chain(
      RsmId id,
      List<URI> rpcUrls,
      Optional<URI> webSocketUrl,
      BridgeAddress outbox,
      BridgeAddress inbox,
      BridgeAddress registry,
      long deploymentBlock,
      int pollMillis,
      int headAgeSecondsMax) {
    public Chain {
      rpcUrls = List.copyOf(rpcUrls);
    }
  }

  /**
   * The chain on the other side.
   *
   * @param validatorsFile its validators with endpoints and TLS keys; their keys and stakes must be
   *     what the local Inbox says
   * @param inbox its Inbox contract, which the certificates that this node signs are bound to
   */
  public record Remote(RsmId id, BridgeAddress inbox, Path validatorsFile) {}

  /** Where peers reach this node. */
  public record Net(String listenHost, int port) {}

  /**
   * The REST interface.
   *
   * @param tokenFile required unless {@code host} is a loopback address
   */
  public record Api(String host, int port, Optional<Path> tokenFile) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");

    /**
     * Whether only this machine reaches it; a name other than {@code localhost} never counts, it
     * may resolve to anything.
     */
    public boolean isLoopback() {
      return LOOPBACK.matcher(host).matches();
    }
  }

  /**
   * Submitting deliveries.
   *
   * @param takeoverBlocks T: local blocks after which the next replica steps in ([DLV-2])
   * @param gasMax of one delivery transaction
   */
  public record Delivery(int takeoverBlocks, long gasMax, int retentionBundles) {}
}
