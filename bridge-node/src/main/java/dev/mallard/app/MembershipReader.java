package dev.mallard.app;

import dev.mallard.chain.ChainConnector;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.source.ContractStakeSource;
import dev.mallard.stake.source.FileStakeSource;
import dev.mallard.stake.source.Registry;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalInt;

/**
 * Finds out who validates on both sides: the local side from its StakeRegistry, the remote side
 * from the operator's file, which must say what the local Inbox verifies by.
 */
final class MembershipReader {
  private final NodeConfig config;
  private final ChainConnector chain;
  private final BridgeAddress key;

  MembershipReader(NodeConfig config, ChainConnector chain, BridgeAddress key) {
    this.config = config;
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads both sides; an IOException says what is missing and what to do, and trying again may
   * help.
   */
  Membership read() throws IOException {
    Registry remote = FileStakeSource.open(config.remote().validatorsFile()).registry();
    if (!remote.table().rsm().equals(config.remote().id())) {
      throw new IOException(
          "remote.validators-file "
              + config.remote().validatorsFile()
              + " is of chain "
              + remote.table().rsm()
              + ", not "
              + config.remote().id()
              + "; give the file of the remote chain");
    }
    requireSame(remote.table(), chain.remoteStakeTable(config.remote().id(), Epoch.FIRST));
    Registry local = localRegistry(config);
    OptionalInt self = local.table().indexOf(key);
    if (self.isEmpty()) {
      throw new IOException(
          "bridge key "
              + key.toHex()
              + " is no validator of chain "
              + config.chain().id()
              + " in registry "
              + config.chain().registry().toHex()
              + "; register it, or set identity.keystore to the registered key");
    }
    return new Membership(local, remote, self.getAsInt());
  }

  /** The local chain's validators, from the first RPC that tells. */
  static Registry localRegistry(NodeConfig config) throws IOException {
    IOException last = new IOException("chain.rpc-urls is empty");
    for (URI rpc : config.chain().rpcUrls()) {
      try (ContractStakeSource source =
          ContractStakeSource.connect(rpc, config.chain().registry(), config.chain().id())) {
        return source.registry(source.currentEpoch());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private void requireSame(StakeTable file, StakeTable inbox) throws IOException {
    boolean same =
        file.epoch().equals(inbox.epoch())
            && file.validators().equals(inbox.validators())
            && file.faultModel().equals(inbox.faultModel());
    if (!same) {
      throw new IOException(
          "remote.validators-file "
              + config.remote().validatorsFile()
              + " has other keys or stakes than the Inbox "
              + config.chain().inbox().toHex()
              + " verifies by; get the file of epoch "
              + inbox.epoch().number()
              + " anew");
    }
  }
}
