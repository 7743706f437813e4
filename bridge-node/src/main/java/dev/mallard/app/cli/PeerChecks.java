package dev.mallard.app.cli;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.source.Endpoint;
import dev.mallard.stake.source.RegistryEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Dials every peer and compares its TLS key with the pin. */
final class PeerChecks {
  private static final int DIALS_MAX = 8;

  /** A validator to dial. */
  record Target(RsmId rsm, RegistryEntry entry) {
    String name() {
      return "peer " + rsm + "/" + entry.validator().index();
    }
  }

  List<CheckRow> run(List<Target> targets) throws InterruptedException {
    List<Future<CheckRow>> dials = new ArrayList<>();
    List<CheckRow> rows = new ArrayList<>();
    try (ExecutorService dialers = Executors.newFixedThreadPool(DIALS_MAX)) {
      targets.forEach(target -> dials.add(dialers.submit(() -> check(target))));
      for (Future<CheckRow> dial : dials) {
        rows.add(dial.get());
      }
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug);
    }
    return rows;
  }

  private static CheckRow check(Target target) {
    RegistryEntry entry = target.entry();
    Optional<Endpoint> address = entry.address();
    if (address.isEmpty()) {
      return CheckRow.fail(
          target.name(),
          "its endpoint '" + entry.endpoint() + "' is no host and port",
          "ask its operator to correct the registry entry");
    }
    String where = entry.endpoint();
    try {
      Hash32 found = TlsDial.publicKeyHash(address.get());
      return found.equals(entry.tlsKey())
          ? CheckRow.ok(target.name(), where + " answers with the pinned TLS key")
          : CheckRow.fail(
              target.name(),
              where + " shows TLS key " + found + ", pinned is " + entry.tlsKey(),
              "another node listens there, or its key was changed: ask its operator");
    } catch (IOException silent) {
      return CheckRow.fail(
          target.name(),
          where + ": " + silent.getMessage(),
          "ask its operator whether it runs, and look at firewalls between; the bridge works without it as long as enough stake is connected");
    }
  }
}
