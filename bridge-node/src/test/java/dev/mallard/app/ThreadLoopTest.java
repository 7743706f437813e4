package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.replica.StreamLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadLoopTest {
  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger();
  private final AtomicInteger halts = new AtomicInteger();
  private final AtomicReference<@Nullable Thread> haltedOn = new AtomicReference<>();
  private final AtomicBoolean idle = new AtomicBoolean();
  private final ThreadLoop loop =
      new ThreadLoop("loop-under-test", new LoopLimits(3, 1, 3_600_000));

  private final class Counted implements StreamLoop.Driven {
    @Override
    public void onTick(long nowMillis) {
      ticks.incrementAndGet();
    }

    @Override
    public boolean isIdle() {
      return idle.get();
    }

    @Override
    public void onHalt(Throwable cause) {
      haltedOn.set(Thread.currentThread());
      halts.incrementAndGet();
    }
  }

  @Test
  void anIdleLoopStopsTickingUntilWorkComes() {
    idle.set(true);
    loop.start(new Counted());
    Await.until("the first tick", () -> ticks.get() == 1);
    loop.post(() -> {
      steps.incrementAndGet();
      assertEquals(1, ticks.get());
      idle.set(false);
    });
    Await.until("it ticks on", () -> ticks.get() > 2 && steps.get() == 1);
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void refusesBeyondTheLimitWithoutRunningDone() {
    for (int i = 0; i < 3; i++) {
      assertTrue(loop.offer(steps::incrementAndGet, done::incrementAndGet));
    }
    assertFalse(loop.offer(steps::incrementAndGet, done::incrementAndGet));
    assertEquals(0, done.get());
    loop.start(new Counted());
    Await.until("three steps done", () -> steps.get() == 3 && done.get() == 3);
    assertTrue(loop.offer(steps::incrementAndGet, done::incrementAndGet));
  }

  @Test
  void aStepThatFailsHaltsOnceAndLetsGoOfEverythingThatWaits() {
    assertTrue(
        loop.offer(
            () -> {
              throw new IllegalStateException("a bug, wanted by the test");
            },
            done::incrementAndGet));
    assertTrue(loop.offer(steps::incrementAndGet, done::incrementAndGet));
    assertTrue(loop.offer(steps::incrementAndGet, done::incrementAndGet));
    loop.start(new Counted());
    Await.until("halted", () -> halts.get() == 1);
    Await.until("nobody waits", () -> done.get() == 3);
    assertEquals(0, steps.get());
    assertFalse(loop.offer(steps::incrementAndGet, done::incrementAndGet));
    assertTrue(loop.isHalted());
  }

  /** A disk that is sick at once halts a stream while it takes up what it remembers. */
  @Test
  void aHaltInTheVeryFirstStepIsFollowedByNoTick() {
    loop.post(() -> loop.halt(new IllegalStateException("sick at once, says the test")));
    loop.start(new Counted());
    Await.until("told", () -> halts.get() == 1);
    assertEquals(0, ticks.get());
  }

  @Test
  void aHaltFromAnotherThreadEndsTicksAndIsToldOnTheLoop() {
    loop.start(new Counted());
    Await.until("it ticks", () -> ticks.get() > 2);
    loop.halt(new IllegalStateException("the disk is sick, says the test"));
    loop.halt(new IllegalStateException("said twice"));
    Await.until("told", () -> halts.get() == 1);
    int last = ticks.get();
    Thread thread = haltedOn.get();
    Await.until("the loop's thread ends", () -> thread != null && !thread.isAlive());
    assertEquals(last, ticks.get());
    assertEquals("loop-under-test", String.valueOf(thread == null ? null : thread.getName()));
    assertEquals(1, halts.get());
  }

  @Test
  void closingLetsGoOfWhatWaitsAndALateFailureIsNoHalt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    loop.start(new Counted());
    loop.post(() -> {
      begun.countDown();
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    begun.await();
    assertTrue(loop.offer(steps::incrementAndGet, done::incrementAndGet));
    loop.close();
    assertEquals(1, done.get());
    assertEquals(0, steps.get());
    loop.halt(new IllegalStateException("the store is being closed"));
    assertFalse(loop.isHalted());
    assertEquals(0, halts.get());
  }
}
