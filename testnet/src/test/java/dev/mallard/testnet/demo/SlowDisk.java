package dev.mallard.testnet.demo;

import dev.mallard.store.Family;
import dev.mallard.store.RecordBatch;
import dev.mallard.store.RecordStore;
import dev.mallard.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A disk that takes its time, and keeps of a write nothing before that: what leaves a node too
 * early leaves it long before the write. A real disk's write is over in microseconds, and kill -9
 * loses nothing of it even when it was never synced; here what is not synced is lost, as a power
 * cut loses it.
 *
 * @param real where the writes go in the end
 */
record SlowDisk(RecordStore real) implements RecordStore {
  /** Far longer than a message needs to a peer and the peer to kill who sent it. */
  static final Duration WRITE_TIME = Duration.ofSeconds(1);

  @Override
  public void write(RecordBatch batch, boolean sync) throws StoreException {
    if (sync) {
      passTime();
      real.write(batch, true);
    }
  }

  private static void passTime() {
    try {
      boolean isCut = new CountDownLatch(1).await(WRITE_TIME.toMillis(), TimeUnit.MILLISECONDS);
      assert !isCut;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Optional<byte[]> get(Family family, byte[] key) throws StoreException {
    return real.get(family, key);
  }

  @Override
  public void scan(Family family, byte[] from, byte[] to, RowVisitor visitor)
      throws StoreException {
    real.scan(family, from, to, visitor);
  }

  @Override
  public RecordBatch newBatch() {
    return real.newBatch();
  }

  @Override
  public ByteBuffer newBuffer(int bytes) {
    return real.newBuffer(bytes);
  }

  @Override
  public void fail(StoreException cause) {
    real.fail(cause);
  }

  @Override
  public Optional<StoreException> failure() {
    return real.failure();
  }
}
