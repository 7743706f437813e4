package dev.mallard.testnet.localnet;

import dev.mallard.stake.RsmId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A real EVM chain on this machine: anvil, one-second blocks, finality a few blocks deep. */
public final class AnvilChain implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  /**
   * How old the first block is. Blocks mined at once are stamped a second apart, so a chain that
   * began now would have run ahead of the clock when its contracts are there.
   */
  private static final Duration PAST = Duration.ofHours(1);

  private final RsmId id;
  private final int port;
  private final ChildProcess process;
  private final JsonRpc rpc;

  private AnvilChain(RsmId id, int port, ChildProcess process) {
    this.id = id;
    this.port = port;
    this.process = process;
    this.rpc = new JsonRpc(url(port));
  }

  /** Hears of the chain's process before it answers, so that it is stopped whatever happens. */
  @FunctionalInterface
  public interface OnStarted {
    /** The process runs. */
    void onStarted(ChildProcess process) throws StartFailedException;
  }

  /**
   * Starts a chain and waits until it answers. Blocks are mined at once until {@link #startClock}.
   *
   * @param slotsInAnEpoch finality is two epochs behind: twice as many blocks
   * @param accounts funded accounts, derived from anvil's well-known test mnemonic
   */
  public static AnvilChain start(
      RsmId id,
      int port,
      int slotsInAnEpoch,
      int accounts,
      Path folder,
      Path log,
      OnStarted onStarted)
      throws StartFailedException {
    ChildProcess process =
        ChildProcess.start(
            "chain " + id,
            List.of(
                binary().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--chain-id",
                id.toString(),
                "--slots-in-an-epoch",
                Integer.toString(slotsInAnEpoch),
                "--accounts",
                Integer.toString(accounts),
                "--balance",
                "1000000",
                "--timestamp",
                Long.toString(Instant.now().minus(PAST).getEpochSecond()),
                "--quiet"),
            folder,
            log);
    onStarted.onStarted(process);
    AnvilChain chain = new AnvilChain(id, port, process);
    boolean up =
        Await.until(START_PATIENCE, () -> !process.isAlive() || chain.rpc.answers("eth_chainId"));
    if (!up || !process.isAlive()) {
      chain.close();
      throw new StartFailedException(
          "chain "
              + id
              + " did not come up on port "
              + port
              + "; its log is "
              + log
              + ", which ends:\n"
              + process.logTail());
    }
    return chain;
  }

  /** From now on one block a second, whether there are transactions or not. */
  public void startClock() throws StartFailedException {
    rpc.call("evm_setTime", "[" + Instant.now().getEpochSecond() + "]");
    rpc.call("evm_setIntervalMining", "[1]");
  }

  /** Gives an account a thousand coins for gas. */
  public void fund(String address) throws StartFailedException {
    rpc.call("anvil_setBalance", "[\"" + address + "\",\"0x3635c9adc5dea00000\"]");
  }

  /** The chain id. */
  public RsmId id() {
    return id;
  }

  /** Its JSON-RPC address. */
  public URI rpcUrl() {
    return url(port);
  }

  /** Its WebSocket address. */
  public URI webSocketUrl() {
    return URI.create("ws://127.0.0.1:" + port);
  }

  /** The process, for pids and logs. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * The binary that npm installed with the contracts; the launcher says where the repository is.
   */
  static Path binary() throws StartFailedException {
    String os =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")
            ? "darwin"
            : "linux";
    String arch = System.getProperty("os.arch", "").contains("aarch64") ? "arm64" : "amd64";
    Path home = Path.of(System.getProperty("mallard.home", "")).toAbsolutePath();
    for (Path root = home; root != null; root = root.getParent()) {
      Path binary =
          root.resolve(
              "contracts-abi/node_modules/@foundry-rs/anvil-" + os + "-" + arch + "/bin/anvil");
      if (Files.isExecutable(binary)) {
        return binary;
      }
    }
    throw new StartFailedException(
        "anvil is not installed below "
            + home
            + "; run `./mvnw -DskipTests package` in the repository, it installs it from npm (for "
            + os
            + "-"
            + arch
            + ")");
  }
}
