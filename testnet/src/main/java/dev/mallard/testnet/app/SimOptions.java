package dev.mallard.testnet.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How {@code mallard sim} does what it was asked to. */
final class SimOptions {
  private static final int JOBS_MAX = 256;
  private static final int RUNS_MAX = 1_000_000;

  @Option(
      names = "--from",
      paramLabel = "S",
      defaultValue = "1",
      description = "First seed of --seeds (default: ${DEFAULT-VALUE}).")
  long from;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "2",
      description = "Threads for --seeds and --mutants (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the result of --seeds, --mutants or --scale as JSON too.")
  @Nullable Path json;

  @Option(
      names = "--trace",
      description = "Tells the story of --seed or --plan; chatter is folded into counts.")
  private boolean trace;

  @Option(names = "--trace-all", description = "Tells it with every message.")
  private boolean traceAll;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draws a picture of --seed or --plan, or the plot of --scale.")
  @Nullable Path svg;

  @Option(
      names = "--from-ms",
      paramLabel = "T",
      defaultValue = "0",
      description = "Where the picture begins.")
  long fromMillis;

  @Option(
      names = "--to-ms",
      paramLabel = "T",
      defaultValue = "9223372036854775807",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Where the picture ends (default: with the run).")
  long toMillis;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Writes the plan of --seed or --shrink, for --plan.")
  @Nullable Path save;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = "Plants a fault in --seed, --plan or --shrink; --mutants names them.")
  @Nullable String mutant;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Seeds tried for each of --mutants, runs of --shrink (default: ${DEFAULT-VALUE}).")
  int runs;

  @Option(
      names = "--stakes",
      paramLabel = "A,B,.../C,D,...",
      description = "Stakes of both sides, instead of drawn ones; 1 to 31 replicas a side.")
  @Nullable String stakes;

  @Option(
      names = "--models",
      paramLabel = "M/M",
      defaultValue = "bft/bft",
      description =
          "Fault models of both sides, with --stakes: bft, cft, or U:R in stake (default:"
              + " ${DEFAULT-VALUE}).")
  String models = "bft/bft";

  /**
   * Refuses options that the chosen mode would not look at: silence would be taken for consent.
   *
   * @param mode as it was written, such as {@code --seeds}
   */
  void check(CommandSpec spec, String mode) {
    Map<String, Set<String>> modesOf =
        Map.of(
            "--from", Set.of("--seeds"),
            "--jobs", Set.of("--seeds", "--mutants"),
            "--json", Set.of("--seeds", "--mutants", "--scale"),
            "--trace", Set.of("--seed", "--plan"),
            "--trace-all", Set.of("--seed", "--plan"),
            "--svg", Set.of("--seed", "--plan", "--scale"),
            "--save", Set.of("--seed", "--plan", "--shrink"),
            "--mutant", Set.of("--seed", "--plan", "--shrink"),
            "--runs", Set.of("--mutants", "--shrink"),
            "--stakes", Set.of("--seeds", "--seed", "--shrink"));
    for (Map.Entry<String, Set<String>> option : new TreeMap<>(modesOf).entrySet()) {
      if (isGiven(spec, option.getKey()) && !option.getValue().contains(mode)) {
        throw wrong(
            spec,
            option.getKey()
                + " does nothing with "
                + mode
                + "; it goes with "
                + text(option.getValue()));
      }
    }
    if (isGiven(spec, "--models") && !isGiven(spec, "--stakes")) {
      throw wrong(spec, "--models says how much of --stakes may fail; give --stakes too");
    }
    if ((isGiven(spec, "--from-ms") || isGiven(spec, "--to-ms")) && svg == null) {
      throw wrong(spec, "--from-ms and --to-ms choose the part that --svg draws; give --svg too");
    }
    if (fromMillis < 0) {
      throw wrong(spec, "--from-ms is " + fromMillis + ", must be 0 or more");
    }
    if (toMillis <= fromMillis) {
      throw wrong(
          spec, "--from-ms " + fromMillis + ", --to-ms " + toMillis + ": the end must come later");
    }
    if (runs < 1 || runs > RUNS_MAX) {
      throw wrong(spec, "--runs is " + runs + ", must be 1 to " + RUNS_MAX);
    }
  }

  private static String text(Set<String> modes) {
    return String.join(", ", new TreeSet<>(modes));
  }

  private static boolean isGiven(CommandSpec spec, String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Whether the story is told. */
  boolean isTold() {
    return trace || traceAll;
  }

  /** Whether it is told with every message. */
  boolean isAll() {
    return traceAll;
  }

  /** Threads, within reason. */
  int jobs(CommandSpec spec) {
    if (jobs < 1 || jobs > JOBS_MAX) {
      throw new ParameterException(
          spec.commandLine(), "--jobs is " + jobs + ", must be 1 to " + JOBS_MAX);
    }
    return jobs;
  }
}
