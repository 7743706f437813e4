package dev.mallard.replica;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when a commit is durable, and when the disk refuses it. */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private Commits() {}

  /** One of the two runs, on the journal's thread: both must return at once. */
  static void run(CompletableFuture<Void> commit, Runnable durable, Consumer<Throwable> refused) {
    CompletableFuture<Void> handled =
        commit.handle((ignored, failure) -> {
          if (failure == null) {
            durable.run();
          } else {
            refused.accept(
                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failure);
          }
          return null;
        });
    handled.exceptionally(bug -> {
      LOG.error("a completion failed", bug);
      return null;
    });
  }
}
