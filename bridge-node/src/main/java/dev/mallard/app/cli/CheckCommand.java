package dev.mallard.app.cli;

import dev.mallard.config.NodeConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code mallard check}: says everything that is wrong with a configuration before a node runs on
 * it.
 */
@Command(
    name = "check",
    description = "Checks a node's configuration and reports every mistake at once.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Without --live nothing but files is looked at. With it, each line tells what was tried, what",
      "came of it, and for a failure what to do; nothing is signed, sent or written.",
      "",
      "Exit codes: 0 all is well, 1 something that --live tried failed, 2 wrong arguments,",
      "78 mistakes in the configuration."
    })
public final class CheckCommand implements Callable<Integer> {
  private final NodeParts parts;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(exclusive = false, multiplicity = "1")
  private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--live",
      description = "Also tries chains, contracts, keys and peers, as the node would.")
  private boolean isLive;

  /**
   * @param parts opens what a live check tries
   * @param environment of the process
   */
  public CheckCommand(NodeParts parts, Map<String, String> environment) {
    this.parts = parts;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Optional<NodeConfig> config = options.read(environment, spec.commandLine().getErr());
    if (config.isEmpty()) {
      return ExitCode.CONFIG;
    }
    out.println("ok    configuration: " + options.file());
    int code = isLive ? live(config.get(), out) : ExitCode.OK;
    out.flush();
    return code;
  }

  private int live(NodeConfig config, PrintWriter out) throws InterruptedException {
    List<CheckRow> rows = new LiveCheck(config, parts, System::currentTimeMillis).run();
    for (CheckRow row : rows) {
      out.println((row.ok() ? "ok    " : "FAIL  ") + row.part() + ": " + row.detail());
      if (!row.ok()) {
        out.println("      -> " + row.remedy());
      }
    }
    long failed = rows.stream().filter(row -> !row.ok()).count();
    out.println(
        failed == 0 ? "All is well." : failed + " of " + (rows.size() + 1) + " checks failed.");
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
