package dev.mallard.testnet.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code mallard gas}: run by the launcher itself, since it needs the contracts' own tools; here
 * for the help alone.
 */
@Command(
    name = "gas",
    description = "Measures the gas of deliveries; --json FILE writes it as JSON.",
    mixinStandardHelpOptions = true)
final class GasCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Unmatched private java.util.List<String> ignored = new java.util.ArrayList<>();

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println("mallard gas is a command of the launcher ./mallard in the repository: use that");
    return Exit.FAILED;
  }
}
