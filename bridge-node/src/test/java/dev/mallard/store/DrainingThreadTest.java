package dev.mallard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainingThreadTest {
  private final Numbers numbers = new Numbers();
  private final List<List<Integer>> worked = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Takes at most two at once. */
  private static final class Numbers implements DrainingThread.Queue<List<Integer>> {
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

    @Override
    public boolean isEmpty() {
      return waiting.isEmpty();
    }

    @Override
    public List<Integer> take() {
      List<Integer> taken = new ArrayList<>();
      while (taken.size() < 2 && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      return taken;
    }
  }

  private void work(List<Integer> piece) {
    worked.add(piece);
    started.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatComesWhileItWorksIsTakenTogetherAndWorkedOffBeforeItEnds() throws Exception {
    DrainingThread<List<Integer>> thread = new DrainingThread<>("test", numbers, this::work);
    thread.start();
    assertTrue(thread.locked(() -> numbers.waiting.add(1)));
    started.await();
    IntStream.rangeClosed(2, 4).forEach(i -> thread.locked(() -> numbers.waiting.add(i)));
    goOn.countDown();
    thread.close();
    assertEquals(List.of(List.of(1), List.of(2, 3), List.of(4)), worked);
    assertTrue(thread.locked(thread::isClosing));
  }

  @Test
  void anInterruptWhileItClosesIsKeptForLater() throws Exception {
    DrainingThread<List<Integer>> thread = new DrainingThread<>("test", numbers, this::work);
    thread.start();
    thread.locked(() -> numbers.waiting.add(1));
    started.await();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread closer =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              thread.close();
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    StoreFixtures.eventually("closing", () -> thread.locked(thread::isClosing));
    goOn.countDown();
    closer.join();
    assertTrue(interrupted.join());
    assertEquals(List.of(List.of(1)), worked);
  }

  @Test
  void itRefusesToWaitForItself() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    ArrayDeque<Runnable> self = new ArrayDeque<>();
    DrainingThread<List<Integer>> thread =
        new DrainingThread<>(
            "test",
            numbers,
            piece -> {
              try {
                self.remove().run();
                failure.complete(new AssertionError("it closed itself"));
              } catch (IllegalStateException refused) {
                failure.complete(refused);
              }
            });
    self.add(thread::close);
    thread.start();
    thread.locked(() -> numbers.waiting.add(1));
    assertInstanceOf(IllegalStateException.class, failure.get());
    thread.close();
  }
}
