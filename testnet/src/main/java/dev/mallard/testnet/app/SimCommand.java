package dev.mallard.testnet.app;

import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.Clause;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.PlanException;
import dev.mallard.testnet.sim.PlanReader;
import dev.mallard.testnet.sim.PlanText;
import dev.mallard.testnet.sim.Shrinker;
import dev.mallard.testnet.sim.SideSpec;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.mutants.Mutants;
import dev.mallard.testnet.sim.mutants.Planted;
import dev.mallard.testnet.sim.run.MutantRuns;
import dev.mallard.testnet.sim.run.RunJson;
import dev.mallard.testnet.sim.run.RunLog;
import dev.mallard.testnet.sim.run.SeedRuns;
import dev.mallard.testnet.sim.scale.ScaleOptions;
import dev.mallard.testnet.sim.scale.ScaleReport;
import dev.mallard.testnet.sim.scale.ScaleRun;
import dev.mallard.testnet.sim.story.StoryPicture;
import dev.mallard.testnet.sim.story.StoryText;
import dev.mallard.testnet.sim.story.Window;
import dev.mallard.testnet.sim.worlds.Limits;
import dev.mallard.testnet.sim.worlds.SmallWorlds;
import dev.mallard.testnet.sim.worlds.WorldReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mallard sim}. */
@Command(
    name = "sim",
    description = {
      "Runs two whole clusters in one thread with virtual time, under every fault, from one seed.",
      "Every guarantee is checked after every step. Exits with 0 if all held, with 1 if one was"
          + " broken; docs/SIMULATOR.md tells how to read what it prints."
    },
    mixinStandardHelpOptions = true)
final class SimCommand implements Callable<Integer> {
  private static final long SEEDS_MAX = 1_000_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Mixin private SimOptions options = new SimOptions();

  /** What to do: one of them. */
  static final class What {
    @Option(names = "--seeds", paramLabel = "N", description = "Runs so many seeds.")
    private long seeds;

    @Option(names = "--seed", paramLabel = "S", description = "Runs one seed.")
    private @Nullable Long seed;

    @Option(names = "--plan", paramLabel = "FILE", description = "Runs a plan that was saved.")
    private @Nullable Path plan;

    @Option(
        names = "--shrink",
        paramLabel = "S",
        description = "Finds a smaller plan that fails as this seed does.")
    private @Nullable Long shrink;

    @Option(
        names = "--mutants",
        description = "Plants faults, one at a time, and counts the seeds until each is found.")
    private boolean mutants;

    @Option(
        names = "--exhaustive",
        paramLabel = "WORLD",
        description = "Walks a small world whole, in every order of events; 'list' names them.")
    private @Nullable String world;

    @Option(
        names = "--scale",
        description = "Measures the core at 4 to 1000 replicas a side; takes some minutes.")
    private boolean scale;

    /** The option that was chosen. */
    String mode() {
      if (seed != null) {
        return "--seed";
      }
      if (plan != null) {
        return "--plan";
      }
      if (shrink != null) {
        return "--shrink";
      }
      if (world != null) {
        return "--exhaustive";
      }
      if (scale) {
        return "--scale";
      }
      return mutants ? "--mutants" : "--seeds";
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    RunLog log = new RunLog(out);
    options.check(spec, what.mode());
    OutputFile.check(spec, "--json", options.json);
    OutputFile.check(spec, "--svg", options.svg);
    OutputFile.check(spec, "--save", options.save);
    int code;
    if (what.seed != null) {
      code = tell(draw(what.seed), out);
    } else if (what.plan != null) {
      code = tell(saved(what.plan), out);
    } else if (what.shrink != null) {
      code = shrink(draw(what.shrink), log);
    } else if (what.mutants) {
      code = mutants(log);
    } else if (what.world != null) {
      code = walk(what.world, log);
    } else if (what.scale) {
      code = scale(out);
    } else {
      code = seeds(log);
    }
    out.flush();
    return code;
  }

  // --- plans ---

  private SimPlan draw(long seed) {
    return Simulation.plan(seed, tables());
  }

  private Optional<List<StakeTable>> tables() {
    try {
      return options.stakes == null
          ? Optional.empty()
          : Optional.of(SideSpec.parse(options.stakes, options.models));
    } catch (IllegalArgumentException wrong) {
      throw wrong(String.valueOf(wrong.getMessage()));
    }
  }

  private SimPlan saved(Path file) {
    try {
      return PlanReader.read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (PlanException wrong) {
      throw wrong("--plan " + file + ": " + wrong.getMessage());
    } catch (NoSuchFileException absent) {
      throw wrong("--plan " + file + ": there is no such file; --save FILE writes one");
    } catch (CharacterCodingException binary) {
      throw wrong("--plan " + file + ": is no text; --save FILE writes a plan");
    } catch (IOException unreadable) {
      throw wrong("--plan " + file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private Mutant planted() {
    String name = options.mutant;
    if (name == null) {
      return Mutant.NONE;
    }
    return Mutants.all().stream()
        .filter(planted -> planted.name().equals(name))
        .findFirst()
        .map(Planted::mutant)
        .orElseThrow(() ->
            wrong(
                "--mutant: there is no '"
                    + name
                    + "'; there are "
                    + String.join(", ", Mutants.all().stream().map(Planted::name).toList())));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  // --- runs ---

  private int seeds(RunLog log) throws IOException, InterruptedException {
    if (what.seeds < 1 || what.seeds > SEEDS_MAX) {
      throw wrong("--seeds is " + what.seeds + ", must be 1 to " + SEEDS_MAX);
    }
    if (options.from > Long.MAX_VALUE - what.seeds) {
      throw wrong(
          "--from is "
              + options.from
              + ", must leave room for "
              + what.seeds
              + " seeds below 2^63");
    }
    Optional<List<StakeTable>> tables = tables();
    SeedRuns.Report report =
        new SeedRuns(seed -> Simulation.plan(seed, tables), log)
            .run(options.from, what.seeds, options.jobs(spec));
    long last = report.from() + report.count() - 1;
    log.say(
        String.format(
            Locale.ROOT,
            "%,d seeds (%d to %d), %,d bundles, %,d events; %.1f ms of CPU a seed, %,.0f events a"
                + " CPU second; %.1f s",
            report.count(),
            report.from(),
            last,
            report.bundles(),
            report.events(),
            (double) report.cpuMillis() / report.count(),
            1000.0 * report.events() / Math.max(1, report.cpuMillis()),
            report.wallMillis() / 1000.0));
    log.say(unexercised(report));
    report.failures().stream()
        .findFirst()
        .ifPresent(first ->
            log.say(
                report.failures().size()
                    + " failed; see the first with ./mallard sim --seed "
                    + first.seed()
                    + " --trace"));
    write(RunJson.of(report), log);
    return report.failures().isEmpty() ? Exit.OK : Exit.FAILED;
  }

  private static String unexercised(SeedRuns.Report report) {
    List<String> none =
        List.of(Clause.values()).stream()
            .filter(clause -> report.coverage().of(clause) == 0)
            .map(Clause::tag)
            .toList();
    return none.isEmpty()
        ? "all " + Clause.values().length + " clauses were exercised"
        : "never exercised: " + String.join(", ", none);
  }

  private int tell(SimPlan plan, PrintWriter out) throws IOException {
    boolean isTraced = options.isTold() || options.svg != null;
    Simulation.Result result = Simulation.run(plan, planted(), isTraced);
    StoryText.Detail detail = options.isAll() ? StoryText.Detail.ALL : StoryText.Detail.FOLDED;
    if (options.isTold()) {
      out.print(StoryText.of(result, detail));
    } else {
      out.println(
          result.violation().map(v -> String.valueOf(v.getMessage())).orElse("all guarantees held")
              + "; "
              + result.bundles()
              + " bundles, "
              + result.events()
              + " events, "
              + result.endMillis()
              + " ms of virtual time, digest "
              + Long.toHexString(result.digest()));
    }
    RunLog log = new RunLog(out);
    if (options.svg != null) {
      Files.writeString(options.svg, StoryPicture.of(result, window()), StandardCharsets.UTF_8);
      log.say("picture written to " + options.svg);
    }
    save(plan, log);
    return result.violation().isEmpty() ? Exit.OK : Exit.FAILED;
  }

  private Window window() {
    return new Window(options.fromMillis, options.toMillis);
  }

  private int shrink(SimPlan plan, RunLog log) throws IOException {
    Optional<Shrinker.Shrunk> shrunk = Shrinker.of(planted(), options.runs, log::say).shrink(plan);
    if (shrunk.isEmpty()) {
      log.say("seed " + plan.seed() + " breaks no guarantee: there is nothing to shrink");
      return Exit.OK;
    }
    SimPlan small = shrunk.get().plan();
    log.say("");
    log.say(PlanText.of(small));
    log.say(String.valueOf(shrunk.get().violation().getMessage()));
    save(small, log);
    return Exit.FAILED;
  }

  private int mutants(RunLog log) throws IOException, InterruptedException {
    List<MutantRuns.Caught> caught =
        new MutantRuns(seed -> Simulation.plan(seed, Optional.empty()), log)
            .run(Mutants.all(), options.runs, options.jobs(spec));
    long found = caught.stream().filter(c -> c.violation().isPresent()).count();
    log.say(
        found
            + " of "
            + caught.size()
            + " planted faults were found; median "
            + MutantRuns.median(caught)
            + " seeds");
    write(RunJson.of(caught), log);
    return found == caught.size() ? Exit.OK : Exit.FAILED;
  }

  private int walk(String world, RunLog log) {
    if (world.equals("list")) {
      SmallWorlds.names().forEach(log::say);
      return Exit.OK;
    }
    try {
      WorldReport report =
          SmallWorlds.explore(
              world,
              Limits.standard(),
              (place, manner, depth, states, frontier) ->
                  log.progress(
                      String.format(
                          Locale.ROOT,
                          "  %s, %s, depth %d: %,d states, %,d open",
                          place,
                          manner,
                          depth,
                          states,
                          frontier)));
      log.say(report.toString());
      return report.isClean() ? Exit.OK : Exit.FAILED;
    } catch (IllegalArgumentException unknown) {
      throw wrong("--exhaustive: " + unknown.getMessage());
    }
  }

  private int scale(PrintWriter out) throws IOException {
    ScaleReport report = ScaleRun.run(ScaleOptions.defaults(), spec.commandLine().getErr());
    out.print(report.toText());
    RunLog log = new RunLog(out);
    write(report.toJson(), log);
    if (options.svg != null) {
      Files.writeString(options.svg, report.toSvg(), StandardCharsets.UTF_8);
      log.say("plot written to " + options.svg);
    }
    return Exit.OK;
  }

  private void write(String json, RunLog log) throws IOException {
    if (options.json != null) {
      Files.writeString(options.json, json, StandardCharsets.UTF_8);
      log.say("written to " + options.json);
    }
  }

  private void save(SimPlan plan, RunLog log) throws IOException {
    if (options.save != null) {
      Files.writeString(options.save, PlanText.of(plan), StandardCharsets.UTF_8);
      log.say(
          "plan written to "
              + options.save
              + "; run it with ./mallard sim --plan "
              + options.save
              + (options.mutant == null ? "" : " --mutant " + options.mutant));
    }
  }
}
