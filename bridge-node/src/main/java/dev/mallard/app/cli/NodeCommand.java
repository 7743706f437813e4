package dev.mallard.app.cli;

import dev.mallard.config.ConfigFile;
import dev.mallard.config.NodeConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mallard node}: runs one validator's bridge node until it is told to stop. */
@Command(
    name = "node",
    description = "Runs one validator's bridge node until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Start with: mallard node --example-config > node.toml, edit it, then",
      "mallard check --config node.toml --live tells what is not right yet.",
      "Environment variables override the file: MALLARD_NET_PORT sets net.port.",
      "The log goes to standard error; MALLARD_LOG_LEVEL=DEBUG makes it talk more.",
      "",
      "Exit codes: 0 stopped, 1 the node could not start, 2 wrong arguments, 78 mistakes in the",
      "configuration; a node that a signal stopped has closed its store in order and ends with 128",
      "and the signal's number (143 for SIGTERM, 130 for Ctrl-C)."
    })
public final class NodeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(NodeCommand.class);

  private final NodeStarter starter;
  private final Map<String, String> environment;
  private final ExitHook exitHook;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  /** Either of the two. */
  private static final class Choice {
    @ArgGroup(exclusive = false)
    private @Nullable ConfigOptions run;

    @Option(
        names = "--example-config",
        required = true,
        description = "Prints a configuration with every key, its meaning and its default.")
    private boolean isExample;
  }

  /**
   * @param starter brings the node up
   * @param environment of the process
   */
  public NodeCommand(NodeStarter starter, Map<String, String> environment, ExitHook exitHook) {
    this.starter = starter;
    this.environment = Map.copyOf(environment);
    this.exitHook = exitHook;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (choice.isExample) {
      out.print(ConfigFile.example());
      out.flush();
      return ExitCode.OK;
    }
    PrintWriter err = spec.commandLine().getErr();
    ConfigOptions options = Objects.requireNonNull(choice.run, "picocli demands one of the two");
    Optional<NodeConfig> config = options.read(environment, err);
    return config.isEmpty() ? ExitCode.CONFIG : run(config.get(), err);
  }

  private int run(NodeConfig config, PrintWriter err) throws InterruptedException {
    AutoCloseable node;
    try {
      node = starter.start(config);
    } catch (IOException cannotStart) {
      LOG.error("The node cannot start: {}", cannotStart.getMessage());
      err.println("mallard: the node cannot start: " + cannotStart.getMessage());
      err.flush();
      return ExitCode.FAILED;
    }
    exitHook.atExit(new Thread(() -> stop(node), "stop"));
    LOG.info("The node runs; REST on http://{}:{}", config.api().host(), config.api().port());
    stopped.await();
    return ExitCode.OK;
  }

  private void stop(AutoCloseable node) {
    try {
      LOG.info("Stopping");
      node.close();
      LOG.info("Stopped");
    } catch (Exception notInOrder) {
      LOG.error("The node did not stop in order; the next start recovers", notInOrder);
    } finally {
      stopped.countDown();
    }
  }
}
