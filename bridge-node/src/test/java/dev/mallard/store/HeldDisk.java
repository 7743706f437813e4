package dev.mallard.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A disk whose first write waits until it is let go.
 *
 * @param begun falls when a write is asked for
 * @param goOn lets writes go
 */
record HeldDisk(RecordStore real, CountDownLatch begun, CountDownLatch goOn)
    implements RecordStore {
  @Override
  public void write(RecordBatch batch, boolean sync) throws StoreException {
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    real.write(batch, sync);
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
