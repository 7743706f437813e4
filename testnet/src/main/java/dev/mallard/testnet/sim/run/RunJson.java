package dev.mallard.testnet.sim.run;

import dev.mallard.testnet.sim.Clause;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON. */
public final class RunJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private RunJson() {}

  /** A range of seeds. */
  public static String of(SeedRuns.Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("from", report.from());
    root.put("seeds", report.count());
    root.put("failed", report.failures().size());
    root.put("events", report.events());
    root.put("bundles", report.bundles());
    root.put("cpuMillis", report.cpuMillis());
    root.put("wallMillis", report.wallMillis());
    ArrayNode failures = root.putArray("failures");
    for (SeedRuns.Failure failure : report.failures()) {
      failures
          .addObject()
          .put("seed", failure.seed())
          .put("clause", failure.clause())
          .put("what", failure.what())
          .put("atMillis", failure.atMillis());
    }
    ObjectNode clauses = root.putObject("clauses");
    for (Clause clause : Clause.values()) {
      clauses.put(clause.tag(), report.coverage().of(clause));
    }
    return JSON.writeValueAsString(root);
  }

  /** Planted faults. */
  public static String of(List<MutantRuns.Caught> caught) {
    ObjectNode root = JSON.createObjectNode();
    root.put("mutants", caught.size());
    root.put("caught", caught.stream().filter(c -> c.violation().isPresent()).count());
    root.put("medianSeeds", MutantRuns.median(caught));
    ArrayNode rows = root.putArray("rows");
    for (MutantRuns.Caught row : caught) {
      ObjectNode node = rows.addObject();
      node.put("name", row.planted().name());
      node.put("what", row.planted().what());
      node.put("caught", row.violation().isPresent());
      node.put("seeds", row.seeds());
      row.violation().ifPresent(found -> node.put("clause", found.clause()));
    }
    return JSON.writeValueAsString(root);
  }
}
