package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadWorkersTest {
  @Test
  void workThatMeetsABugIsReportedAndTheNextIsDone() {
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger worked = new AtomicInteger();
    try (ThreadWorkers workers = new ThreadWorkers("test", 1, 8)) {
      assertTrue(
          workers.offer(
              () -> {
                throw new IllegalStateException("a bug, wanted by the test");
              },
              failed::incrementAndGet));
      assertTrue(workers.offer(worked::incrementAndGet, failed::incrementAndGet));
      Await.until("both ended", () -> failed.get() == 1 && worked.get() == 1);
    }
  }
}
