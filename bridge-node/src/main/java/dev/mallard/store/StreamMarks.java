package dev.mallard.store;

import dev.mallard.certify.Attestation;
import java.util.Optional;

/**
 * What never goes back, of one stream.
 *
 * @param quacked cumulative quack frontier
 * @param highWater highest attestation signed
 * @param executedSequence last bundle the local Inbox executed
 * @param executedCount entries up to it
 * @param dropped inbound bundles up to it are gone
 */
record StreamMarks(
    long quacked,
    Optional<Attestation> highWater,
    long executedSequence,
    long executedCount,
    long dropped) {
  StreamMarks withQuacked(long value) {
    return new StreamMarks(value, highWater, executedSequence, executedCount, dropped);
  }

  StreamMarks withHighWater(Attestation value) {
    return new StreamMarks(quacked, Optional.of(value), executedSequence, executedCount, dropped);
  }

  StreamMarks withExecuted(long sequence, long count) {
    return new StreamMarks(quacked, highWater, sequence, count, dropped);
  }

  StreamMarks withDropped(long sequence) {
    return new StreamMarks(quacked, highWater, executedSequence, executedCount, sequence);
  }
}
