package dev.mallard.testnet.app;

import dev.mallard.app.ConfiguredParts;
import dev.mallard.app.MallardNode;
import dev.mallard.app.cli.CheckCommand;
import dev.mallard.app.cli.ExitHook;
import dev.mallard.app.cli.NodeCommand;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code mallard} command: without a subcommand it prints what there is. */
@Command(
    name = "mallard",
    description = "Moves value between chains through bridge nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = MallardVersion.class,
    subcommands = {
      DemoCommand.class,
      TestnetCommand.class,
      StatusCommand.class,
      TransferCommand.class,
      MessageCommand.class,
      GasCommand.class,
      SimCommand.class,
      WarmUpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Mallard implements Runnable {

  @Spec private CommandSpec spec;

  private Mallard(CommandSpec unbound) {
    spec = unbound;
  }

  /** Parses the arguments, runs the chosen subcommand and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with all its subcommands. */
  static CommandLine commandLine() {
    Map<String, String> environment = System.getenv();
    return new CommandLine(new Mallard(CommandSpec.create()))
        .addSubcommand(new NodeCommand(MallardNode::start, environment, ExitHook.ofProcess()))
        .addSubcommand(new CheckCommand(new ConfiguredParts(), environment))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Mallard::onWrongArgument)
        .setExecutionExceptionHandler(Mallard::onFailure);
  }

  /** One message; what there is to choose from is a help page away. */
  private static int onWrongArgument(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("mallard: " + wrong.getMessage());
    command.getErr().println("See ./" + command.getCommandSpec().qualifiedName() + " --help");
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What an operator can act on is one message; a bug shows where it is. */
  private static int onFailure(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof StartFailedException || failure instanceof IOException) {
      command.getErr().println("mallard: " + text(failure));
      command.getErr().flush();
      return Exit.FAILED;
    }
    throw failure;
  }

  /** Of files the JDK often says only which one it was. */
  private static String text(Exception failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      String what =
          switch (file) {
            case NoSuchFileException absent -> "there is no such file or folder";
            case AccessDeniedException denied -> "access is denied";
            case FileAlreadyExistsException taken -> "it exists already";
            default -> "the file system refuses (" + file.getClass().getSimpleName() + ")";
          };
      return file.getFile() + ": " + what;
    }
    return String.valueOf(failure.getMessage());
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
