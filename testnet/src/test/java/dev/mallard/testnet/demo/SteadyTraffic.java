package dev.mallard.testnet.demo;

import dev.mallard.testnet.localnet.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/**
 * Sends one transfer each way again and again until it is stopped, so that every block has some and
 * a node is never killed while it has nothing to do.
 */
final class SteadyTraffic {
  private static final Duration PAUSE = Duration.ofMillis(400);

  private final BridgeDesk desk;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<Void> end;

  /**
   * The desk is this traffic's until it is stopped. On a thread of its own: the common pool, which
   * may be one thread, also tells of the ends of processes.
   */
  SteadyTraffic(BridgeDesk desk) {
    this.desk = desk;
    this.end =
        CompletableFuture.runAsync(this::send, task -> Thread.ofPlatform().daemon().start(task));
  }

  private void send() {
    try {
      while (!Await.until(PAUSE, () -> stopped.getCount() == 0)) {
        for (int side = 0; side < 2; side++) {
          desk.send(
              new SendRequest(side, SendRequest.NATIVE, BigInteger.ONE, desk.user(), 0, "0x"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once the last transfer was sent; fails if one could not be. */
  void stop() throws IOException {
    stopped.countDown();
    try {
      end.join();
    } catch (CompletionException e) {
      throw new IOException("traffic broke down", e);
    }
  }
}
