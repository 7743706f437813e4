package dev.mallard.testnet.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code mallard} command: without a subcommand it prints what there is. */
@Command(
    name = "mallard",
    description = "Moves value between chains through bridge nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = MallardVersion.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Mallard implements Runnable {

  @Spec private CommandSpec spec;

  private Mallard(CommandSpec unbound) {
    spec = unbound;
  }

  /** Parses the arguments, runs the chosen subcommand and exits with its code. */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Mallard(CommandSpec.create()));
    System.exit(command.execute(args));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
