package dev.mallard.chain.evm;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real EVM chain for one test; final two blocks deep. Mines a block a transaction. */
final class Anvil implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final long chainId;
  private final int port;
  private Process process;
  private final Thread endOfAll = new Thread(() -> process.destroyForcibly());
  private boolean mining = true;

  private Anvil(Path folder, long chainId, int port) throws IOException {
    this.folder = folder;
    this.chainId = chainId;
    this.port = port;
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(endOfAll);
  }

  static Anvil start(Path folder, long chainId) throws Exception {
    Anvil anvil = new Anvil(folder, chainId, freePort());
    try {
      anvil.awaitUp();
    } catch (Exception | AssertionError e) {
      anvil.close();
      throw e;
    }
    return anvil;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  long chainId() {
    return chainId;
  }

  /** Ends the process in an orderly way; the state is written to the folder. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Starts again on the same port with the state that was written. */
  void startAgain() throws Exception {
    process = launch();
    awaitUp();
  }

  JsonNode rpc(String method, Object... params) {
    try {
      String body =
          json.writeValueAsString(
              Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", Arrays.asList(params)));
      HttpRequest request =
          HttpRequest.newBuilder(url())
              .timeout(Duration.ofSeconds(10))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonNode root = json.readTree(answer);
      if (root.has("error")) {
        throw new IllegalStateException(method + ": " + answer);
      }
      return root.get("result");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void mine(long blocks) {
    rpc("anvil_mine", "0x" + Long.toHexString(blocks));
  }

  /** Transactions stay in the pool until {@link #mine}. */
  void stopMining() {
    rpc("evm_setAutomine", false);
    mining = false;
  }

  /** Sends from an account that the chain holds the key of; waits for the receipt if it mines. */
  JsonNode transact(Map<String, String> transaction) {
    String hash = rpc("eth_sendTransaction", transaction).stringValue();
    JsonNode receipt = rpc("eth_getTransactionReceipt", hash);
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (mining && receipt.isNull()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("transaction " + hash + " is not mined");
      }
      receipt = rpc("eth_getTransactionReceipt", hash);
    }
    return receipt;
  }

  long blockNumber() {
    return Long.decode(rpc("eth_blockNumber").stringValue());
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    http.shutdownNow();
    Runtime.getRuntime().removeShutdownHook(endOfAll);
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binary().toString());
    command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--chain-id", Long.toString(chainId)));
    command.addAll(List.of("--slots-in-an-epoch", "1", "--accounts", "2"));
    command.addAll(List.of("--state", folder.resolve("state-" + port + ".json").toString()));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolve("anvil-" + port + ".log").toFile()))
        .start();
  }

  private void awaitUp() throws Exception {
    Eventually.is("anvil on port " + port, START_PATIENCE, this::isUp);
  }

  private boolean isUp() {
    if (!process.isAlive()) {
      throw new IllegalStateException("anvil ended with " + process.exitValue());
    }
    try {
      return rpc("eth_chainId").isString();
    } catch (java.io.UncheckedIOException e) {
      if (e.getCause() instanceof ConnectException) {
        return false;
      }
      throw e;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path binary() {
    String given = System.getProperty("mallard.anvil", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    boolean arm = System.getProperty("os.arch", "").contains("aarch64");
    String name = "anvil-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm64" : "amd64");
    Path binary =
        Path.of("../contracts-abi/node_modules/@foundry-rs/" + name + "/bin/anvil")
            .toAbsolutePath()
            .normalize();
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException(
          "no anvil at " + binary + ": build contracts-abi first, or set -Dmallard.anvil=FILE");
    }
    return binary;
  }
}
