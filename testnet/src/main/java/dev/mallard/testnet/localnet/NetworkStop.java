package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Ends networks. */
public final class NetworkStop {
  private NetworkStop() {}

  /** Asks all to end at once, then waits for each, and kills those that don't. */
  static void stop(List<ChildProcess> processes) {
    processes.forEach(ChildProcess::requestStop);
    processes.forEach(ChildProcess::close);
  }

  /**
   * Ends whatever still runs of the network in a folder and removes its files.
   *
   * @return how many processes were ended; empty if there was no network
   */
  public static Optional<Integer> down(NetworkFolder folder) throws IOException {
    Optional<NetworkState> state = NetworkStateFile.read(folder);
    if (state.isEmpty()) {
      return Optional.empty();
    }
    List<ChildProcess> running =
        state.get().processes().stream().flatMap(process -> process.attach().stream()).toList();
    stop(running);
    folder.remove();
    return Optional.of(running.size());
  }
}
