package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.StreamEvidence.DeliveryTransaction;
import dev.mallard.testnet.demo.StreamEvidence.Execution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The checks that decide the demo's exit code. */
public final class Checks {
  private static final int VIOLATIONS_SHOWN = 5;

  private final Evidence evidence;

  private Checks(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Every check, in the order in which the report shows them. */
  public static List<Check> of(Evidence evidence) {
    Checks checks = new Checks(evidence);
    return List.of(
        checks.nothingLost(),
        checks.outcomesAsIntended(),
        checks.nothingTwice(),
        checks.orderKept(),
        checks.supplyConserved(),
        checks.oneDeliveryPerRange(),
        checks.noFailedDeliveries(),
        checks.crossedOnce(),
        checks.killedCaughtUp(),
        checks.allReady());
  }

  /** Entries that were sent and not accepted. */
  public static List<String> lost(Evidence evidence) {
    List<String> lost = new ArrayList<>();
    for (StreamEvidence stream : evidence.streams()) {
      Set<Long> arrived = new HashSet<>();
      stream.executions().forEach(execution -> arrived.add(execution.index()));
      stream.sent().stream()
          .filter(index -> !arrived.contains(index))
          .forEach(index -> lost.add(stream.stream() + "-" + index));
    }
    return lost;
  }

  /** Entries that were accepted more than once. */
  public static List<String> duplicated(Evidence evidence) {
    List<String> twice = new ArrayList<>();
    for (StreamEvidence stream : evidence.streams()) {
      Map<Long, Integer> times = new HashMap<>();
      stream.executions().forEach(execution -> times.merge(execution.index(), 1, Integer::sum));
      times.forEach((index, count) -> {
        if (count > 1) {
          twice.add(stream.stream() + "-" + index + " (" + count + " times)");
        }
      });
    }
    return twice;
  }

  private Check nothingLost() {
    List<String> violations = new ArrayList<>(lost(evidence));
    for (Settled settled : evidence.transfers()) {
      if (!settled.state().isSettled()) {
        violations.add(settled.transfer().id() + " is " + settled.state());
      }
    }
    long entries = evidence.streams().stream().mapToLong(s -> s.sent().size()).sum();
    return check(
        "nothing lost",
        violations,
        evidence.transfers().size() + " transfers settled, " + entries + " entries arrived");
  }

  private Check outcomesAsIntended() {
    List<String> violations = new ArrayList<>();
    int refunds = 0;
    for (Settled settled : evidence.transfers()) {
      TransferState expected = settled.transfer().purpose().expected();
      if (settled.state() != expected) {
        violations.add(
            settled.transfer().id() + " is " + settled.state() + ", should be " + expected);
      } else if (expected == TransferState.REFUNDED) {
        refunds++;
      }
    }
    return check(
        "the reverting and the late transfer came back, all others were executed",
        violations,
        refunds + " refunded by receipt");
  }

  private Check nothingTwice() {
    long executions = evidence.streams().stream().mapToLong(s -> s.executions().size()).sum();
    return check(
        "nothing executed twice", duplicated(evidence), executions + " entries, each once");
  }

  private Check orderKept() {
    List<String> violations = new ArrayList<>();
    for (StreamEvidence stream : evidence.streams()) {
      ordered(stream.stream() + " sent ", stream.sent(), violations);
      ordered(
          stream.stream() + " executed ",
          stream.executions().stream().map(Execution::index).toList(),
          violations);
    }
    return check("order kept per stream", violations, "indexes 1, 2, 3 … on both sides");
  }

  private static void ordered(String what, List<Long> indexes, List<String> violations) {
    long expected = 1;
    for (long index : indexes) {
      if (index != expected) {
        violations.add(what + index + " where " + expected + " was due");
      }
      expected = index + 1;
    }
  }

  private Check supplyConserved() {
    List<String> violations = new ArrayList<>();
    for (SupplyEvidence supply : evidence.supplies()) {
      if (!supply.isConserved()) {
        violations.add(
            String.format(
                Locale.ROOT,
                "%s: %s before, %s after; %s locked, %s wrapped",
                supply.token(),
                supply.before(),
                supply.circulating(),
                supply.locked(),
                supply.wrapped()));
      }
    }
    if (evidence.supplies().isEmpty()) {
      violations.add("no token was looked at");
    }
    return check(
        "total supply of every token over both chains unchanged",
        violations,
        evidence.supplies().size() + " tokens, each wrapped unit covered by a locked one");
  }

  private Check oneDeliveryPerRange() {
    List<String> violations = new ArrayList<>();
    int successful = 0;
    for (StreamEvidence stream : evidence.streams()) {
      long accepted = 0;
      for (DeliveryTransaction delivery : stream.deliveries()) {
        if (!delivery.successful()) {
          continue;
        }
        successful++;
        if (delivery.firstIndex() != accepted + 1 || delivery.lastIndex() < delivery.firstIndex()) {
          violations.add(
              String.format(
                  Locale.ROOT,
                  "%s: %s carried entries %d to %d after %d",
                  stream.stream(),
                  delivery.hash(),
                  delivery.firstIndex(),
                  delivery.lastIndex(),
                  accepted));
        }
        accepted = Math.max(accepted, delivery.lastIndex());
      }
      if (accepted < stream.executions().size()) {
        violations.add(
            String.format(
                Locale.ROOT,
                "%s: %d entries accepted, transactions carried %d",
                stream.stream(),
                stream.executions().size(),
                accepted));
      }
    }
    return check(
        "exactly one successful delivery transaction per bundle range",
        violations,
        successful + " transactions");
  }

  private Check noFailedDeliveries() {
    List<String> violations = new ArrayList<>();
    int excused = 0;
    for (StreamEvidence stream : evidence.streams()) {
      for (DeliveryTransaction delivery : stream.deliveries()) {
        if (delivery.successful()) {
          continue;
        }
        if (excused(delivery)) {
          excused++;
        } else {
          violations.add(
              String.format(
                  Locale.ROOT,
                  "%s: %s of %s in block %d",
                  stream.stream(),
                  delivery.hash(),
                  delivery.submitter(),
                  delivery.block()));
        }
      }
    }
    return check(
        "no failed delivery transaction outside the kill",
        violations,
        excused == 0 ? "none at all" : excused + " while nodes were down");
  }

  private boolean excused(DeliveryTransaction delivery) {
    return evidence.killWindow().contains(delivery.blockSeconds());
  }

  private Check crossedOnce() {
    BundleCounts counts = evidence.faultFree();
    String figures =
        String.format(
            Locale.ROOT,
            "%d bundles, %d crossings, %d resends",
            counts.count(),
            counts.crossings(),
            counts.resends());
    boolean held = counts.isParsimonious() && counts.count() > 0;
    return new Check("in the fault-free part each bundle crossed exactly once", held, figures);
  }

  private Check killedCaughtUp() {
    List<NodeEvidence> killed = evidence.nodes().stream().filter(NodeEvidence::killed).toList();
    List<String> violations =
        killed.stream().filter(node -> !node.caughtUp()).map(NodeEvidence::name).toList();
    String figures =
        killed.isEmpty()
            ? "none was killed: no node holds u stake or less"
            : String.join(", ", killed.stream().map(NodeEvidence::name).toList());
    return check("killed nodes caught up", violations, figures);
  }

  private Check allReady() {
    List<String> violations =
        evidence.nodes().stream()
            .filter(node -> !node.ready())
            .map(node -> node.name() + ": " + node.unready())
            .toList();
    return check("every node is ready", violations, evidence.nodes().size() + " nodes");
  }

  private static Check check(String name, List<String> violations, String figures) {
    if (violations.isEmpty()) {
      return new Check(name, true, figures);
    }
    List<String> shown = violations.subList(0, Math.min(VIOLATIONS_SHOWN, violations.size()));
    String more =
        violations.size() > VIOLATIONS_SHOWN
            ? " and " + (violations.size() - VIOLATIONS_SHOWN) + " more"
            : "";
    return new Check(name, false, String.join("; ", shown) + more);
  }
}
