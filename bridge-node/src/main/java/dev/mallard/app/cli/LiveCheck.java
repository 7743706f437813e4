package dev.mallard.app.cli;

import dev.mallard.config.NodeConfig;
import dev.mallard.stake.source.FileStakeSource;
import dev.mallard.stake.source.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tries everything that a node needs, in the order in which one thing depends on another. */
final class LiveCheck {
  private final NodeConfig config;
  private final NodeParts parts;
  private final LongSupplier wallClock;
  private final List<CheckRow> rows = new ArrayList<>();

  LiveCheck(NodeConfig config, NodeParts parts, LongSupplier wallClock) {
    this.config = config;
    this.parts = parts;
    this.wallClock = wallClock;
  }

  List<CheckRow> run() throws InterruptedException {
    rows.addAll(new RpcChecks(config.chain(), wallClock).run());
    Optional<Registry> local = localRegistry();
    KeyChecks keys = new KeyChecks(config, parts);
    rows.addAll(keys.run(local));
    Optional<Registry> remote = remoteRegistry();
    remote.ifPresent(registry -> rows.addAll(new InboxChecks(config, parts).run(registry)));
    List<PeerChecks.Target> targets = new ArrayList<>();
    local.ifPresent(registry ->
        registry.entries().stream()
            .filter(e -> !keys.key().equals(Optional.of(e.validator().key())))
            .forEach(e -> targets.add(new PeerChecks.Target(config.chain().id(), e))));
    remote.ifPresent(registry ->
        registry
            .entries()
            .forEach(e -> targets.add(new PeerChecks.Target(config.remote().id(), e))));
    rows.addAll(new PeerChecks().run(targets));
    return rows;
  }

  private Optional<Registry> localRegistry() {
    try {
      Registry registry = parts.localRegistry(config);
      rows.add(
          CheckRow.ok(
              "registry",
              String.format(
                  Locale.ROOT,
                  "%d validators, total stake %s",
                  registry.entries().size(),
                  registry.table().total())));
      return Optional.of(registry);
    } catch (IOException unreadable) {
      rows.add(
          CheckRow.fail(
              "registry",
              String.valueOf(unreadable.getMessage()),
              "see the rpc rows above; if they are ok, correct chain.registry"));
      return Optional.empty();
    }
  }

  private Optional<Registry> remoteRegistry() {
    try {
      return Optional.of(FileStakeSource.open(config.remote().validatorsFile()).registry());
    } catch (IOException unreadable) {
      rows.add(
          CheckRow.fail(
              "validators file",
              String.valueOf(unreadable.getMessage()),
              "correct remote.validators-file"));
      return Optional.empty();
    }
  }
}
