package dev.mallard.testnet.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mallard status}. */
@Command(
    name = "status",
    description =
        "Shows the nodes of a running network at a glance; exits with 1 if one is unhealthy.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FolderOption folder = new FolderOption();

  @Override
  public Integer call() throws IOException {
    return NetworkTable.print(folder.folder(), spec.commandLine().getOut());
  }
}
