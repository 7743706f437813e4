package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.LocalNetwork;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a network when this program is ended (Ctrl-C, SIGTERM), and leaves nothing of it behind.
 * {@link #release} once the network may outlive the program, or has been ended.
 */
final class NetworkHook {
  private final AtomicReference<Optional<LocalNetwork>> guarded =
      new AtomicReference<>(Optional.empty());

  NetworkHook() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-of-network"));
  }

  void guard(LocalNetwork network) {
    guarded.set(Optional.of(network));
  }

  void release() {
    guarded.set(Optional.empty());
  }

  private void end() {
    guarded.getAndSet(Optional.empty()).ifPresent(NetworkHook::end);
  }

  private static void end(LocalNetwork network) {
    System.err.println("stopping " + network.folder().root());
    network.close();
    try {
      network.folder().remove();
    } catch (IOException e) {
      System.err.println("cannot remove " + network.folder().root() + ": " + e.getMessage());
    }
  }
}
