package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** Brings the contracts of a network onto its chains, while these mine each transaction at once. */
interface Deployment {
  /** What a validator registers. */
  record Registration(ValidatorKeys keys, BigInteger stake, String endpoint) {}

  /**
   * A chain with what is to be registered on it.
   *
   * @param validators in index order
   */
  record Place(ChainClient chain, List<Registration> validators) {
    public Place {
      validators = List.copyOf(validators);
    }
  }

  /** Deploys and registers everything on both; the contracts of each. */
  List<NetworkState.Contracts> deploy(List<Place> places) throws IOException, StartFailedException;
}
