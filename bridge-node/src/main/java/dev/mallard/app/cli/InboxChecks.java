package dev.mallard.app.cli;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.InboxState;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.stake.source.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks the local Inbox what it knows of the other chain, and compares that with the validators
 * file.
 */
final class InboxChecks {
  private static final String PART = "inbox";

  private final NodeConfig config;
  private final NodeParts parts;

  InboxChecks(NodeConfig config, NodeParts parts) {
    this.config = config;
    this.parts = parts;
  }

  List<CheckRow> run(Registry remote) {
    RsmId source = config.remote().id();
    StreamId incoming = new StreamId(source, config.chain().id());
    List<CheckRow> rows = new ArrayList<>();
    try (ChainConnector chain = parts.connect(config)) {
      InboxState state = chain.inbox(incoming, chain.heads().finalized().ref());
      rows.add(
          CheckRow.ok(
              PART,
              String.format(
                  Locale.ROOT,
                  "knows chain %s, epoch %d, %d messages accepted",
                  source,
                  state.epoch().number(),
                  state.count())));
      rows.add(checkTable(chain.remoteStakeTable(source, state.epoch()), remote.table()));
    } catch (IOException unknown) {
      rows.add(
          CheckRow.fail(
              PART,
              String.valueOf(unknown.getMessage()),
              "see the rpc rows above; if they are ok, the Inbox does not know chain "
                  + source
                  + ": correct chain.inbox or remote.id, or register that chain with it"));
    }
    return rows;
  }

  private static CheckRow checkTable(StakeTable inbox, StakeTable file) {
    String part = "validators file";
    if (!inbox.epoch().equals(file.epoch())) {
      return CheckRow.fail(
          part,
          String.format(
              Locale.ROOT,
              "is of epoch %d, the Inbox is in epoch %d",
              file.epoch().number(),
              inbox.epoch().number()),
          "get the file of that epoch from the other chain's operators");
    }
    return inbox.validators().equals(file.validators())
        ? CheckRow.ok(part, "has the same " + file.size() + " keys and stakes as the Inbox")
        : CheckRow.fail(
            part,
            "its keys or stakes differ from the Inbox's table",
            "get the right remote.validators-file from the other chain's operators; if it is right, do not start: the Inbox was registered wrongly");
  }
}
