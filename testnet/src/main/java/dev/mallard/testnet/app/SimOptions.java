package dev.mallard.testnet.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How {@code mallard sim} does what it was asked to. */
final class SimOptions {
  private static final int JOBS_MAX = 256;

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
