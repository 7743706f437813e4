package dev.mallard.testnet.app;

import dev.mallard.testnet.demo.BridgeDesk;
import dev.mallard.testnet.demo.SendRequest;
import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkState;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mallard transfer}. */
@Command(
    name = "transfer",
    description = {
      "Sends coins or tokens of a test account to the other chain of a running network.",
      "With --wait exits with 0 only if they arrived."
    },
    mixinStandardHelpOptions = true)
final class TransferCommand implements Callable<Integer> {
  private static final String ADDRESS = "0x[0-9a-fA-F]{40}";
  private static final String BYTES = "0x([0-9a-fA-F]{2}){0,4096}";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long MILLIS = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FolderOption folder = new FolderOption();

  @Option(
      names = "--from",
      paramLabel = "CHAIN",
      description = "Chain id to send from (default: the first chain).")
  private @Nullable Long from;

  @Option(
      names = "--to",
      paramLabel = "CHAIN",
      description = "Chain id to send to (default: the other chain).")
  private @Nullable Long to;

  @Option(
      names = "--token",
      paramLabel = "native|ADDRESS",
      defaultValue = SendRequest.NATIVE,
      description = "The chain's own coin, or an ERC-20 (default: ${DEFAULT-VALUE}).")
  private String token = SendRequest.NATIVE;

  @Option(
      names = "--amount",
      paramLabel = "N",
      defaultValue = "1000000000000000",
      description = "In the token's smallest unit (default: ${DEFAULT-VALUE}).")
  private BigInteger amount = BigInteger.ONE;

  @Option(
      names = "--recipient",
      paramLabel = "ADDRESS",
      description = "Account on the other chain (default: the sender's own).")
  private @Nullable String recipient;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "From now; what comes later comes back (default: none).")
  private long deadline;

  @Option(
      names = "--data",
      paramLabel = "0x...",
      defaultValue = "0x",
      description = "Calls the recipient with this; if it reverts, the transfer comes back.")
  private String data = "0x";

  @Option(names = "--wait", description = "Waits until it has arrived or come back.")
  private boolean wait;

  @Override
  public Integer call() throws IOException {
    checkArguments();
    LocalNetwork network = LocalNetwork.view(folder.folder());
    NetworkState state = network.state();
    NetworkState.Side source = source(state);
    PrintWriter out = spec.commandLine().getOut();
    String id;
    try (BridgeDesk desk = BridgeDesk.open(state)) {
      String receiver = recipient == null ? desk.user() : recipient;
      SendRequest request =
          new SendRequest(
              state.sides().indexOf(source), token, amount, receiver, deadlineSeconds(), data);
      desk.allow(request);
      String transaction = desk.send(request);
      long index = desk.awaitIndex(request.side(), transaction);
      id = source.chainId() + "-" + state.other(source).chainId() + "-" + index;
      out.println("sent " + id + " with transaction " + transaction);
      out.flush();
    }
    if (!wait) {
      out.println("follow it with ./mallard message " + id + folder.flag());
      out.flush();
      return Exit.OK;
    }
    return awaitEnd(network, id, out);
  }

  private void checkArguments() {
    require(amount.signum() > 0, "--amount " + amount + " is not above 0");
    require(
        SendRequest.NATIVE.equals(token) || token.matches(ADDRESS),
        "--token '" + token + "' is neither native nor an address");
    require(
        recipient == null || recipient.matches(ADDRESS),
        "--recipient '" + recipient + "' is no address");
    require(deadline >= 0, "--deadline " + deadline + " lies in the past");
    require(data.matches(BYTES), "--data is not 0x with up to 4096 bytes in hexadecimal");
  }

  private void require(boolean holds, String mistake) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), mistake);
    }
  }

  private NetworkState.Side source(NetworkState state) {
    Long chosen = from;
    Long target = to;
    try {
      NetworkState.Side source =
          chosen != null
              ? state.side(chosen)
              : target != null ? state.other(state.side(target)) : state.sides().getFirst();
      require(
          target == null || state.other(source).chainId() == target,
          "--to " + target + " is not the other chain of " + source.chainId());
      return source;
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(unknown.getMessage()), unknown);
    }
  }

  private long deadlineSeconds() {
    return deadline == 0 ? 0 : System.currentTimeMillis() / MILLIS + deadline;
  }

  private static int awaitEnd(LocalNetwork network, String id, PrintWriter out) {
    String[] shown = {""};
    boolean settled =
        Await.until(
            PATIENCE,
            () -> {
              Optional<MessageLife> life = MessageLife.read(network, id);
              String state = life.map(MessageLife::state).orElse("sent");
              if (!state.equals(shown[0])) {
                shown[0] = state;
                out.println("  " + state);
                out.flush();
              }
              return life.map(MessageLife::isSettled).orElse(false);
            });
    MessageLife.read(network, id).ifPresent(life -> life.lines().forEach(out::println));
    if (!settled) {
      out.println("not settled after " + PATIENCE.toSeconds() + " s");
    }
    out.flush();
    return settled && "executed".equals(shown[0]) ? Exit.OK : Exit.FAILED;
  }
}
