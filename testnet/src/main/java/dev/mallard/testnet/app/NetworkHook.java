package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.LocalNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a network when this program is ended (Ctrl-C, SIGTERM), and leaves nothing of it behind.
 * {@link #release} once the network may outlive the program, or has been ended.
 */
final class NetworkHook {
  private final AtomicReference<Optional<LocalNetwork>> guarded =
      new AtomicReference<>(Optional.empty());

  private final PrintWriter err;

  /**
   * A hook that guards nothing yet.
   *
   * @param err where it says what it ends
   */
  NetworkHook(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-of-network"));
  }

  void guard(LocalNetwork network) {
    guarded.set(Optional.of(network));
  }

  void release() {
    guarded.set(Optional.empty());
  }

  private void end() {
    guarded.getAndSet(Optional.empty()).ifPresent(this::end);
  }

  private void end(LocalNetwork network) {
    err.println("stopping " + network.folder().root());
    err.flush();
    network.close();
    try {
      network.folder().remove();
    } catch (IOException e) {
      err.println("cannot remove " + network.folder().root() + ": " + e.getMessage());
      err.flush();
    }
  }
}
