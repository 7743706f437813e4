package dev.mallard.testnet.app;

import dev.mallard.testnet.demo.BridgeDesk;
import dev.mallard.testnet.demo.DemoReport;
import dev.mallard.testnet.demo.DemoScript;
import dev.mallard.testnet.demo.Order;
import dev.mallard.testnet.demo.ProgressView;
import dev.mallard.testnet.demo.ReportJson;
import dev.mallard.testnet.demo.ReportText;
import dev.mallard.testnet.demo.TrafficPlan;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NetworkPlan;
import dev.mallard.testnet.localnet.NetworkStarter;
import dev.mallard.testnet.localnet.StakeSpec;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mallard demo}. */
@Command(
    name = "demo",
    description = {
      "Value crosses between two chains while nodes are being killed.",
      "Starts two chains and a bridge node process for each validator, sends transfers both ways,"
          + " kills a node on each side and starts it again, and checks what came of it.",
      "Exits with 0 only if every check holds."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StakesOption stakes = new StakesOption();

  @Option(
      names = "--transfers",
      paramLabel = "N",
      defaultValue = "40",
      description = "How many transfers (default: ${DEFAULT-VALUE}).")
  private int transfers;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON too.")
  private @Nullable Path json;

  @Option(names = "--keep", description = "Leaves the network running.")
  private boolean keep;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description =
          "Folder of the network (default: a temporary one; with --keep "
              + NetworkFolder.DEFAULT
              + ").")
  private @Nullable Path dir;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses the amounts (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, StartFailedException {
    StakeSpec validators = stakes.spec();
    List<Order> orders = orders();
    OutputFile.check(spec, "--json", json);
    PrintWriter out = spec.commandLine().getOut();
    ProgressView view = new ProgressView(out, isTerminal(), System::currentTimeMillis);
    NetworkHook hook = new NetworkHook(spec.commandLine().getErr());
    long begin = System.nanoTime();
    NetworkPlan plan = NetworkPlan.of(folder(), validators);
    LocalNetwork network;
    try {
      network = NetworkStarter.start(plan, view, hook::guard);
    } catch (StartFailedException | IOException failed) {
      hook.release();
      throw failed;
    }
    long startMillis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    DemoReport report = play(network, view, orders, startMillis);
    print(report, out);
    end(network, report.isHeld(), hook, out);
    return report.isHeld() ? Exit.OK : Exit.FAILED;
  }

  private List<Order> orders() {
    try {
      return TrafficPlan.of(transfers, seed);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // Error Prone and NullAway disagree about it.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private NetworkFolder folder() {
    Path chosen = dir;
    if (chosen != null) {
      return new NetworkFolder(chosen);
    }
    return keep ? new NetworkFolder(Path.of(NetworkFolder.DEFAULT)) : NetworkFolder.temporary();
  }

  private static DemoReport play(
      LocalNetwork network, ProgressView view, List<Order> orders, long startMillis)
      throws IOException, StartFailedException {
    try (BridgeDesk desk = BridgeDesk.open(network.state())) {
      return new DemoScript(network, desk, desk, view, startMillis).run(orders);
    }
  }

  private void print(DemoReport report, PrintWriter out) throws IOException {
    out.println();
    ReportText.of(report).forEach(out::println);
    out.println();
    Path file = json;
    if (file != null) {
      Files.writeString(file, ReportJson.of(report), StandardCharsets.UTF_8);
      out.println("written to " + file);
    }
    out.println(report.isHeld() ? "Every check held." : "NOT every check held.");
    out.flush();
  }

  private void end(LocalNetwork network, boolean held, NetworkHook hook, PrintWriter out)
      throws IOException {
    String where = " --dir " + network.folder().root();
    if (keep) {
      hook.release();
      out.println("The network runs on; stop it with ./mallard testnet down" + where);
    } else {
      network.close();
      hook.release();
      if (held) {
        network.folder().remove();
      } else {
        out.println(
            "Logs are in "
                + network.folder().logs()
                + "; remove them with ./mallard testnet down"
                + where);
      }
    }
    out.flush();
  }
}
