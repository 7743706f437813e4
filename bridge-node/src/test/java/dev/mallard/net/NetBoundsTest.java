package dev.mallard.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.wire.PeerMessage;
import dev.mallard.wire.WireLimits;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bounds one by one, without sockets. */
@Tag("G-4")
class NetBoundsTest {
  private static final PeerMessage PING = new PeerMessage.Ping();
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void aQueueTakesNoMoreMessagesThanItsLimit() {
    OutboundQueue queue = new OutboundQueue(2, 1000);
    queue.open();
    assertTrue(queue.offer(PING, 1));
    assertTrue(queue.offer(PING, 1));
    assertFalse(queue.offer(PING, 1));
    assertEquals(1, queue.takeFrame(1, 10).size());
    assertTrue(queue.offer(PING, 1));
  }

  @Test
  void aQueueTakesNoMoreBytesThanItsLimit() {
    OutboundQueue queue = new OutboundQueue(100, 10);
    queue.open();
    assertTrue(queue.offer(PING, 6));
    assertFalse(queue.offer(PING, 5));
    assertTrue(queue.offer(PING, 4));
    assertEquals(10, queue.queuedBytes());
  }

  @Test
  void aClosedQueueTakesNothingAndForgets() {
    OutboundQueue queue = new OutboundQueue(100, 100);
    assertFalse(queue.offer(PING, 1));
    queue.open();
    assertTrue(queue.offer(PING, 1));
    assertEquals(1, queue.close());
    assertEquals(0, queue.queuedBytes());
    queue.open();
    assertEquals(List.of(), queue.takeFrame(100, 100));
  }

  @Test
  @Tag("SEND-1")
  void framesAreFilledUpToTheirSizeAndALargerMessageTravelsAlone() {
    OutboundQueue queue = new OutboundQueue(100, 10_000);
    queue.open();
    for (int size : new int[] {40, 40, 40, 500, 10}) {
      assertTrue(queue.offer(PING, size));
    }
    assertEquals(2, queue.takeFrame(100, 100).size());
    assertEquals(1, queue.takeFrame(100, 100).size());
    assertEquals(1, queue.takeFrame(100, 100).size());
    assertEquals(1, queue.takeFrame(100, 100).size());
    assertEquals(0, queue.queuedBytes());
  }

  @Test
  void aRateAllowsItsBurstAndThenWhatTimeBrings() {
    MessageRate rate = new MessageRate(100, 50, 0);
    assertTrue(rate.isWithin(50, 0));
    assertFalse(rate.isWithin(1, 0));
    assertFalse(rate.isWithin(1, SECOND / 101));
    assertTrue(rate.isWithin(1, SECOND / 100));
    assertTrue(rate.isWithin(50, 10 * SECOND));
    assertFalse(rate.isWithin(1, 10 * SECOND));
  }

  @Test
  void frequentLooksDoNotSlowARateDown() {
    MessageRate rate = new MessageRate(1000, 10, 0);
    int allowed = 0;
    for (long now = 0; now < SECOND; now += SECOND / 7001) {
      allowed += rate.isWithin(1, now) ? 1 : 0;
    }
    assertTrue(allowed > 1000 && allowed <= 1010, "allowed " + allowed);
  }

  @Test
  void backOffDoublesUpToItsMaximumAndKeepsHalfAtLeast() {
    Backoff backoff = new Backoff(100, 1000, new Random(1));
    for (int full : new int[] {100, 200, 400, 800, 1000, 1000}) {
      int millis = backoff.nextMillis();
      assertTrue(millis >= full / 2 && millis <= full, full + " gave " + millis);
    }
    backoff.reset();
    assertTrue(backoff.nextMillis() <= 100);
  }

  @Test
  void penaltiesDoubleWithEachFaultAndAreForgottenInTime() {
    Penalty penalty = new Penalty(new NetLimits.Retry(1, 1, 1, 100, 300));
    assertEquals(0, penalty.leftNanos(0));
    penalty.onFault(0);
    assertEquals(100 * MILLI, penalty.leftNanos(0));
    assertEquals(0, penalty.leftNanos(200 * MILLI));
    penalty.onFault(200 * MILLI);
    assertEquals(200 * MILLI, penalty.leftNanos(200 * MILLI));
    penalty.onFault(400 * MILLI);
    assertEquals(300 * MILLI, penalty.leftNanos(400 * MILLI));
    penalty.onFault(400 * MILLI + 601 * MILLI);
    assertEquals(100 * MILLI, penalty.leftNanos(1001 * MILLI));
  }

  @Test
  void theGateCountsInAllAndPerAddress() {
    AdmissionGate gate = new AdmissionGate(new NetLimits.Admission(3, 2));
    assertTrue(gate.tryEnter("a"));
    assertTrue(gate.tryEnter("a"));
    assertFalse(gate.tryEnter("a"));
    assertTrue(gate.tryEnter("b"));
    assertFalse(gate.tryEnter("c"));
    gate.leave("a");
    assertTrue(gate.tryEnter("c"));
    assertEquals(3, gate.entered());
  }

  @Test
  void pressureIsRelievedOnceHalfIsWorkedOffAndNoFrameCountsTwice() {
    AtomicInteger relieved = new AtomicInteger();
    InboundPressure pressure = new InboundPressure(100, relieved::incrementAndGet);
    Runnable first = pressure.add(60);
    assertFalse(pressure.isHigh());
    Runnable second = pressure.add(60);
    assertTrue(pressure.isHigh());
    first.run();
    first.run();
    assertFalse(pressure.isHigh());
    assertFalse(pressure.isRelieved());
    assertEquals(0, relieved.get());
    second.run();
    assertTrue(pressure.isRelieved());
    assertEquals(1, relieved.get());
  }

  @Test
  void allPeersTogetherStayWithinTheTotal() {
    NetLimits limits = NetLimits.defaults();
    for (int peers : new int[] {1, 3, 8, 16}) {
      assertTrue((long) limits.outboundBytes(peers) * peers <= limits.outbound().totalBytesMax());
      assertTrue((long) limits.inboundBytes(peers) * peers <= limits.inbound().totalBytesMax());
    }
    assertEquals(limits.wire().frameBytesMax(), limits.outboundBytes(10_000));
  }

  @Test
  void limitsThatContradictEachOtherAreRefused() {
    NetLimits good = NetLimits.defaults();
    assertThrows(
        IllegalArgumentException.class, () -> new NetLimits.Deadlines(1, 1, 1, 1, 100, 150, 50));
    assertThrows(IllegalArgumentException.class, () -> new NetLimits.Admission(1, 2));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetLimits(
                WireLimits.defaults(),
                good.deadlines(),
                good.admission(),
                new NetLimits.Outbound(1 << 20, 1 << 20, 10, 1 << 10, 1 << 10),
                good.inbound(),
                good.retry()));
  }
}
