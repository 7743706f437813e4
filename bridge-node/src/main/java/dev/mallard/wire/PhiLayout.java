package dev.mallard.wire;

import dev.mallard.c3b.ack.PhiList;

/**
 * A phi-list ([ACK-1]): {@code u16} bits spoken of, then the words of the bitmap, no bit set
 * beyond.
 */
final class PhiLayout {
  private PhiLayout() {}

  static int bytes(int bits) {
    return 2 + words(bits) * Long.BYTES;
  }

  static void write(PhiList phi, WireWriter out) {
    out.u16(phi.length());
    for (long word : phi.words()) {
      out.i64(word);
    }
  }

  static PhiList read(WireReader in, int bitsMax) throws MalformedException {
    int bits = in.u16();
    if (bits > bitsMax) {
      throw new MalformedException("a phi-list of " + bits + " bits");
    }
    int count = words(bits);
    if (in.remaining() < count * Long.BYTES) {
      throw new MalformedException("a phi-list cut short");
    }
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = in.i64();
    }
    int tail = bits % Long.SIZE;
    if (tail != 0 && words[count - 1] >>> tail != 0) {
      throw new MalformedException("a phi-list with bits beyond its length");
    }
    return PhiList.of(words, bits);
  }

  private static int words(int bits) {
    return (bits + Long.SIZE - 1) / Long.SIZE;
  }
}
