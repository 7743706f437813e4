package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.StakeSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --stakes}, for commands that start a network. */
final class StakesOption {
  @Option(
      names = "--stakes",
      paramLabel = "A,B,.../C,D,...",
      defaultValue = StakeSpec.DEFAULT,
      description =
          "Stakes of the validators of both chains, one node process each; 1 to 19 a side (default: ${DEFAULT-VALUE}).")
  private String stakes = StakeSpec.DEFAULT;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  StakeSpec spec() {
    try {
      return StakeSpec.parse(stakes);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
