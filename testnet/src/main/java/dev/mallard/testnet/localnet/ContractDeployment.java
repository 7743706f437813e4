package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.util.List;

/** Deploys Mallard's contracts and test tokens, and registers all validators on both chains. */
final class ContractDeployment implements Deployment {
  private final Progress progress;

  ContractDeployment(Progress progress) {
    this.progress = progress;
  }

  @Override
  public List<NetworkState.Contracts> deploy(List<Place> places) throws IOException {
    progress.onStep("deploying contracts");
    throw new IOException("the contracts are not there yet");
  }
}
