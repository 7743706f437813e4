package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.LocalNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mallard message}. */
@Command(
    name = "message",
    description = "Shows the life of one message; exits with 1 if no node knows it.",
    mixinStandardHelpOptions = true)
final class MessageCommand implements Callable<Integer> {
  private static final String ID = "[1-9][0-9]{0,18}-[1-9][0-9]{0,18}-[1-9][0-9]{0,18}";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FolderOption folder = new FolderOption();

  @Parameters(paramLabel = "ID", description = "SOURCE-DESTINATION-INDEX, as in 31337-31338-7.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    if (!id.matches(ID)) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(),
          "'" + id + "' is no message id; write SOURCE-DESTINATION-INDEX, as in 31337-31338-7");
    }
    LocalNetwork network = LocalNetwork.view(folder.folder());
    PrintWriter out = spec.commandLine().getOut();
    Optional<MessageLife> life = MessageLife.read(network, id);
    life.ifPresentOrElse(
        known -> known.lines().forEach(out::println),
        () -> out.println("no node knows message " + id));
    out.flush();
    return life.isPresent() ? Exit.OK : Exit.FAILED;
  }
}
