package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.LocalNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a network when this program is ended (Ctrl-C, SIGTERM), and leaves nothing of it behind.
 * {@link #release} once the network may outlive the program, or has been ended.
 */
final class NetworkHook {
  private static final Duration REMOVAL_PATIENCE = Duration.ofSeconds(2);

  private final AtomicReference<Optional<LocalNetwork>> guarded =
      new AtomicReference<>(Optional.empty());

  private final PrintWriter err;

  /** A hook that guards nothing yet, and says on {@code err} what it does. */
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
    err.println("stopping the network in " + network.folder().root());
    err.flush();
    network.close();
    String[] problem = {""};
    // What was being written when the signal came may appear once more.
    Await.until(REMOVAL_PATIENCE, () -> isRemoved(network, problem));
    if (!problem[0].isEmpty()) {
      err.println("cannot remove " + network.folder().root() + ": " + problem[0]);
      err.flush();
    }
  }

  private static boolean isRemoved(LocalNetwork network, String[] problem) {
    try {
      network.folder().remove();
      problem[0] = "";
      return !Files.exists(network.folder().logs());
    } catch (IOException e) {
      problem[0] = String.valueOf(e.getMessage());
      return false;
    }
  }
}
