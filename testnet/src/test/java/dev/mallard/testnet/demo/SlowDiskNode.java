package dev.mallard.testnet.demo;

import dev.mallard.app.MallardNode;
import dev.mallard.app.cli.ExitHook;
import dev.mallard.app.cli.NodeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program {@code mallard node} as it is, on a {@link SlowDisk}. */
final class SlowDiskNode {
  private SlowDiskNode() {}

  /** Takes a node's arguments. */
  public static void main(String[] arguments) {
    NodeCommand node =
        new NodeCommand(
            config -> MallardNode.start(config, SlowDisk::new),
            System.getenv(),
            ExitHook.ofProcess());
    System.exit(new CommandLine(CommandSpec.create()).addSubcommand(node).execute(arguments));
  }
}
