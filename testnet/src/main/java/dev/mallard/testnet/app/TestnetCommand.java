package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NetworkPlan;
import dev.mallard.testnet.localnet.NetworkStarter;
import dev.mallard.testnet.localnet.NetworkStop;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mallard testnet}: networks that live until they are stopped. */
@Command(
    name = "testnet",
    description = "Starts, shows and stops a local network of two chains and their bridge nodes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class TestnetCommand implements Runnable {
  private static final int SAMPLE_SECONDS_MAX = 3600;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "up",
      description = "Starts a network and returns when every node is ready.",
      mixinStandardHelpOptions = true)
  int up(@Mixin FolderOption folder, @Mixin StakesOption stakes)
      throws IOException, StartFailedException {
    PrintWriter out = spec.commandLine().getOut();
    NetworkPlan plan = NetworkPlan.of(folder.folder(), stakes.spec());
    NetworkHook hook = new NetworkHook(spec.commandLine().getErr());
    LocalNetwork network;
    try {
      network = NetworkStarter.start(plan, out::println, hook::guard);
    } finally {
      // What failed is stopped already; its logs stay.
      hook.release();
    }
    NetworkTable.lines(network, CpuSample.none()).forEach(out::println);
    out.println();
    out.println("Send something across:  ./mallard transfer --wait" + folder.flag());
    out.println("Stop it:                ./mallard testnet down" + folder.flag());
    out.flush();
    return Exit.OK;
  }

  @Command(
      name = "status",
      description = "Shows what runs; exits with 1 if something has ended or is unhealthy.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin FolderOption folder,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "0",
              description = "Measure for so long what the nodes use of a core (default: don't).")
          int seconds)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (seconds < 0 || seconds > SAMPLE_SECONDS_MAX) {
      throw new ParameterException(
          spec.subcommands().get("status"),
          "--seconds " + seconds + " is not between 0 and " + SAMPLE_SECONDS_MAX);
    }
    return seconds == 0
        ? NetworkTable.print(folder.folder(), out)
        : NetworkTable.print(folder.folder(), Duration.ofSeconds(seconds), out);
  }

  @Command(
      name = "down",
      description = "Stops every process of a network and removes its files.",
      mixinStandardHelpOptions = true)
  int down(@Mixin FolderOption option) throws IOException {
    NetworkFolder folder = option.folder();
    Optional<Integer> ended = NetworkStop.down(folder);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        ended
            .map(count -> "stopped " + count + " processes and removed " + folder.root())
            .orElse("no network in " + folder.root()));
    out.flush();
    return Exit.OK;
  }
}
