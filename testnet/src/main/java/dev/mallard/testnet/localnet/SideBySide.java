package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a few tasks at once and waits for all of them. */
final class SideBySide {
  private SideBySide() {}

  /** The results in order; the first failure is thrown once all have ended. */
  static <T> List<T> run(List<Callable<T>> tasks) throws IOException, StartFailedException {
    List<T> results = new ArrayList<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> future : workers.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case StartFailedException failed -> throw failed;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
