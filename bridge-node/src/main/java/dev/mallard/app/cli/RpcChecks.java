package dev.mallard.app.cli;

import dev.mallard.config.NodeConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tries every RPC URL: reachable, the right chain, fresh, knows finality, and has the contracts.
 */
final class RpcChecks {
  private final NodeConfig.Chain chain;
  private final LongSupplier wallClock;

  RpcChecks(NodeConfig.Chain chain, LongSupplier wallClock) {
    this.chain = chain;
    this.wallClock = wallClock;
  }

  List<CheckRow> run() throws InterruptedException {
    List<CheckRow> rows = new ArrayList<>();
    for (URI url : chain.rpcUrls()) {
      try (RpcProbe probe = new RpcProbe(url)) {
        check(probe, rows);
      }
    }
    return rows;
  }

  private void check(RpcProbe probe, List<CheckRow> rows) throws InterruptedException {
    String part = "rpc " + probe.name();
    try {
      rows.add(chainId(part, probe.chainId()));
      rows.add(head(part, probe.block("latest")));
      rows.add(finalized(part, probe.block("finalized")));
      Map<String, String> contracts = new LinkedHashMap<>();
      contracts.put("outbox", chain.outbox().toHex());
      contracts.put("inbox", chain.inbox().toHex());
      contracts.put("registry", chain.registry().toHex());
      for (Map.Entry<String, String> contract : contracts.entrySet()) {
        rows.add(
            code(part, contract.getKey(), contract.getValue(), probe.hasCode(contract.getValue())));
      }
    } catch (IOException unusable) {
      String why =
          Optional.ofNullable(unusable.getMessage()).orElse(unusable.getClass().getSimpleName());
      rows.add(
          CheckRow.fail(
              part,
              "does not answer: " + why,
              "start the chain's node, open its RPC to this machine, or correct chain.rpc-urls"));
    }
  }

  private CheckRow chainId(String part, long found) {
    return found == chain.id().value()
        ? CheckRow.ok(part, "reachable, chain " + found)
        : CheckRow.fail(
            part,
            "serves chain " + found + ", not " + chain.id(),
            "correct chain.rpc-urls or chain.id");
  }

  private CheckRow head(String part, Optional<RpcProbe.Block> head) {
    if (head.isEmpty()) {
      return CheckRow.fail(part, "has no block", "wait until the chain's node has synchronised");
    }
    long age = Math.max(0, wallClock.getAsLong() / 1_000 - head.get().timestampSeconds());
    String detail =
        String.format(Locale.ROOT, "newest block %d is %d s old", head.get().number(), age);
    return age <= chain.headAgeSecondsMax()
        ? CheckRow.ok(part, detail)
        : CheckRow.fail(
            part,
            detail + ", more than chain.head-age-seconds-max = " + chain.headAgeSecondsMax(),
            "look whether the chain's node is synchronised and this machine's clock is right");
  }

  private static CheckRow finalized(String part, Optional<RpcProbe.Block> finalized) {
    return finalized
        .map(block -> CheckRow.ok(part, "finalized block " + block.number()))
        .orElse(
            CheckRow.fail(
                part,
                "knows no finalized block",
                "use a node that serves the block tag \"finalized\", or wait for its first one"));
  }

  private static CheckRow code(String part, String name, String address, boolean isThere) {
    return isThere
        ? CheckRow.ok(part, "contract " + name + " at " + address)
        : CheckRow.fail(
            part,
            "no contract at " + address,
            "correct chain." + name + ", or deploy it on this chain");
  }
}
