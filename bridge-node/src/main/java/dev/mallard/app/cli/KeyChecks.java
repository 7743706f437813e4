package dev.mallard.app.cli;

import dev.mallard.config.NodeConfig;
import dev.mallard.net.TlsIdentity;
import dev.mallard.net.TlsKeystore;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.source.Registry;
import dev.mallard.stake.source.RegistryEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens both keys and looks for them in the local registry. */
final class KeyChecks {
  private final NodeConfig config;
  private final NodeParts parts;
  private final List<CheckRow> rows = new ArrayList<>();
  private Optional<BridgeAddress> key = Optional.empty();

  KeyChecks(NodeConfig config, NodeParts parts) {
    this.config = config;
    this.parts = parts;
  }

  /** The bridge key's address once {@link #run} has opened it. */
  Optional<BridgeAddress> key() {
    return key;
  }

  /**
   * @param registry the local validators; empty if they could not be read
   */
  List<CheckRow> run(Optional<Registry> registry) {
    key = bridgeKey();
    Optional<Hash32> tlsKey = tlsKey();
    if (registry.isPresent() && key.isPresent()) {
      Optional<RegistryEntry> entry =
          registry.get().entries().stream()
              .filter(e -> key.equals(Optional.of(e.validator().key())))
              .findAny();
      checkEntry(key.get(), entry);
      entry.ifPresent(own -> tlsKey.ifPresent(found -> checkPin(own, found)));
    }
    return rows;
  }

  private Optional<BridgeAddress> bridgeKey() {
    try {
      BridgeAddress key = parts.bridgeKey(config);
      rows.add(CheckRow.ok("bridge key", "opens, address " + key));
      return Optional.of(key);
    } catch (IOException locked) {
      rows.add(
          CheckRow.fail(
              "bridge key",
              String.valueOf(locked.getMessage()),
              "correct identity.keystore or identity.password-file"));
      return Optional.empty();
    }
  }

  private Optional<Hash32> tlsKey() {
    try {
      TlsIdentity identity =
          TlsKeystore.load(config.identity().tlsKeystore(), config.identity().tlsPasswordFile());
      rows.add(
          CheckRow.ok(
              "TLS key",
              "opens, " + identity.publicKeyHash() + ", valid until " + identity.validUntil()));
      return Optional.of(identity.publicKeyHash());
    } catch (IOException locked) {
      rows.add(
          CheckRow.fail(
              "TLS key",
              String.valueOf(locked.getMessage()),
              "correct identity.tls-keystore or identity.tls-password-file"));
      return Optional.empty();
    }
  }

  private void checkEntry(BridgeAddress own, Optional<RegistryEntry> entry) {
    rows.add(
        entry
            .map(e ->
                CheckRow.ok(
                    "registry",
                    String.format(
                        Locale.ROOT,
                        "this node is validator %d with stake %s, endpoint %s",
                        e.validator().index(),
                        e.validator().stake(),
                        e.endpoint())))
            .orElse(
                CheckRow.fail(
                    "registry",
                    own + " is no validator in the StakeRegistry's table",
                    "register this key and wait for the next epoch, or correct identity.keystore or chain.registry")));
  }

  private void checkPin(RegistryEntry own, Hash32 found) {
    rows.add(
        own.tlsKey().equals(found)
            ? CheckRow.ok("TLS pin", "the registry pins this TLS key")
            : CheckRow.fail(
                "TLS pin",
                "the registry pins " + own.tlsKey() + ", the keystore holds " + found,
                "write the keystore's hash into the StakeRegistry, or name the right identity.tls-keystore"));
  }
}
