package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StreamId;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QuackCertificateTest {
  private static final StreamId STREAM = Blocks.STREAM;

  /** u = r = 33, so 34 make a quack. */
  private final Validators destination = Validators.ofDestination(STREAM, 40, 30, 20, 10);

  private SignedAck ack(int replica, long cumulative) {
    return ack(STREAM, Epoch.FIRST, replica, cumulative);
  }

  private SignedAck ack(StreamId stream, Epoch epoch, int replica, long cumulative) {
    Signature signature =
        destination
            .keyOf(replica)
            .sign(new AckDigest(stream.source()).of(stream, epoch, cumulative));
    return new SignedAck(stream, epoch, cumulative, signature);
  }

  private boolean isValid(long quacked, Map<Integer, SignedAck> acks) {
    return new QuackCertificate(STREAM, quacked, acks)
        .isValid(destination.table(), new AckDigest(STREAM.source()), destination.scheme());
  }

  @Test
  @Tag("QUACK-2")
  @Tag("G-6")
  void acksWithMoreThanUStakeBehindThemAreAQuack() {
    assertTrue(isValid(5, Map.of(0, ack(0, 5))));
    assertTrue(isValid(5, Map.of(1, ack(1, 7), 3, ack(3, 5))));
    assertFalse(isValid(5, Map.of(2, ack(2, 5), 3, ack(3, 5))));
    assertFalse(isValid(5, Map.of()));
  }

  @Test
  @Tag("QUACK-2")
  void acksForLessOrElsewhereOrByOthersAreNone() {
    assertFalse(isValid(5, Map.of(0, ack(0, 4))));
    assertFalse(isValid(5, Map.of(0, ack(1, 5))));
    assertFalse(isValid(5, Map.of(9, ack(1, 5))));
    assertFalse(isValid(5, Map.of(0, ack(STREAM.reverse(), Epoch.FIRST, 0, 5))));
    assertFalse(isValid(5, Map.of(0, ack(STREAM, Epoch.FIRST.next(), 0, 5))));
    SignedAck raised = new SignedAck(STREAM, Epoch.FIRST, 9, ack(0, 5).signature());
    assertFalse(isValid(5, Map.of(0, raised)));
  }
}
