package dev.mallard.testnet.sim.worlds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * States of the world that wait for their turn, packed to some twenty bytes each: their numbers are
 * small, and small numbers take a byte.
 */
final class Frontier {
  private static final int CHUNK_BYTES = 1 << 15;
  private static final int NUMBER_BYTES_MAX = 5;
  private static final int BITS = 7;
  private static final int MASK = (1 << BITS) - 1;

  private final List<byte[]> chunks = new ArrayList<>();
  private long size;

  /** A worker's own chunk, filled without a lock. */
  static final class Writer {
    private final Frontier target;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int used;
    private int states;

    Writer(Frontier target) {
      this.target = target;
    }

    void add(WorldState state) {
      if (used + (state.length() + 1) * NUMBER_BYTES_MAX > CHUNK_BYTES) {
        flush();
      }
      put(state.length());
      for (int i = 0; i < state.length(); i++) {
        put(state.numbers()[i]);
      }
      states++;
    }

    private void put(int number) {
      int left = number;
      while ((left & ~MASK) != 0) {
        chunk[used++] = (byte) (left | ~MASK);
        left >>>= BITS;
      }
      chunk[used++] = (byte) left;
    }

    /** Hands over what has been gathered. */
    void flush() {
      if (used > 0) {
        target.addChunk(Arrays.copyOf(chunk, used), states);
        used = 0;
        states = 0;
      }
    }
  }

  /** Unpacks a chunk. */
  static final class Reader {
    private final byte[] chunk;
    private final int[] numbers = new int[WorldState.ROOM];
    private int at;

    Reader(byte[] chunk) {
      this.chunk = chunk;
    }

    /** Takes up the next state, if there is one. */
    boolean next(WorldState state) {
      if (at == chunk.length) {
        return false;
      }
      int length = get();
      for (int i = 0; i < length; i++) {
        numbers[i] = get();
      }
      state.copyFrom(numbers, length);
      return true;
    }

    private int get() {
      int number = 0;
      int shift = 0;
      while (chunk[at] < 0) {
        number |= (chunk[at++] & MASK) << shift;
        shift += BITS;
      }
      return number | chunk[at++] << shift;
    }
  }

  private synchronized void addChunk(byte[] chunk, int states) {
    chunks.add(chunk);
    size += states;
  }

  /** Takes what another one holds, which keeps it. */
  synchronized void addAll(Frontier other) {
    chunks.addAll(other.chunks);
    size += other.size;
  }

  /** The next chunk, which leaves; an empty one at the end. */
  synchronized byte[] take() {
    return chunks.isEmpty() ? new byte[0] : chunks.removeLast();
  }

  /** States that were put in. */
  synchronized long size() {
    return size;
  }
}
