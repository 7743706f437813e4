package dev.mallard.bundle;

import dev.mallard.chain.OutboxEntry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.rlp.RLP;
import org.apache.tuweni.rlp.RLPException;
import org.apache.tuweni.rlp.RLPReader;
import org.apache.tuweni.rlp.RLPWriter;

/** Entries as an RLP list of lists, fields in the order of {@link OutboxEntry}. */
public final class EntriesCodec {
  private static final int FIELDS = 8;

  /**
   * Exactly: shorter or longer accounts would hash like others, and one certificate would fit
   * several bodies ([G-1]).
   */
  private static final int ACCOUNT_BYTES = 20;

  private static final int FLAGS_MAX = 0xff;
  private static final int FEE_BYTES_MAX = 12;

  private EntriesCodec() {}

  /** The bytes that cross, are kept, and come back. */
  public static EncodedEntries encode(List<OutboxEntry> entries) {
    return new EncodedEntries(Bytes.wrap(encoded(entries)));
  }

  /** In one piece: the writer's own answer is a chain of pieces, slow to read and to compare. */
  private static byte[] encoded(List<OutboxEntry> entries) {
    return RLP.encodeList(
            writer -> entries.forEach(entry -> writer.writeList(w -> write(w, entry))))
        .toArrayUnsafe();
  }

  /**
   * Reads untrusted bytes; empty unless they are exactly {@code count} entries numbered from {@code
   * firstIndex}, in the one form that {@link #encode} writes.
   */
  public static Optional<List<OutboxEntry>> decode(Bytes encoded, long firstIndex, long count) {
    try {
      List<OutboxEntry> entries =
          RLP.decodeList(
              encoded,
              reader -> {
                List<OutboxEntry> read = new ArrayList<>();
                while (!reader.isComplete() && read.size() <= count) {
                  read.add(reader.readList(EntriesCodec::read));
                }
                return read;
              });
      if (entries.size() != count) {
        return Optional.empty();
      }
      // One form only: what was certified is what is carried on.
      return isContiguous(entries, firstIndex)
              && Arrays.equals(encoded(entries), encoded.toArrayUnsafe())
          ? Optional.of(List.copyOf(entries))
          : Optional.empty();
    } catch (RLPException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static boolean isContiguous(List<OutboxEntry> entries, long firstIndex) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).index() != firstIndex + i) {
        return false;
      }
    }
    return true;
  }

  private static void write(RLPWriter writer, OutboxEntry entry) {
    writer.writeLong(entry.index());
    writer.writeValue(entry.sender());
    writer.writeValue(entry.recipient());
    writer.writeLong(entry.gasLimit());
    writer.writeInt(entry.flags());
    writer.writeBigInteger(new BigInteger(Long.toUnsignedString(entry.deadlineSeconds())));
    writer.writeBigInteger(entry.fee());
    writer.writeValue(entry.payload());
  }

  private static OutboxEntry read(RLPReader reader) {
    OutboxEntry entry =
        new OutboxEntry(
            reader.readLong(),
            account(reader.readValue()),
            account(reader.readValue()),
            reader.readLong(),
            reader.readInt(),
            deadline(reader.readBigInteger()),
            fee(reader.readBigInteger()),
            reader.readValue());
    if (!reader.isComplete()
        || entry.gasLimit() < 0
        || entry.flags() < 0
        || entry.flags() > FLAGS_MAX) {
      throw new IllegalArgumentException("not the " + FIELDS + " fields of an entry");
    }
    return entry;
  }

  private static Bytes account(Bytes bytes) {
    if (bytes.size() != ACCOUNT_BYTES) {
      throw new IllegalArgumentException("an account of " + bytes.size() + " bytes");
    }
    return bytes;
  }

  /** Deadlines use all 64 bits: a sender may write the largest for "never". */
  private static long deadline(BigInteger deadline) {
    if (deadline.bitLength() > Long.SIZE) {
      throw new IllegalArgumentException("a deadline of " + deadline.bitLength() + " bits");
    }
    return deadline.longValue();
  }

  private static BigInteger fee(BigInteger fee) {
    if (fee.bitLength() > 8 * FEE_BYTES_MAX) {
      throw new IllegalArgumentException("a fee of " + fee.bitLength() + " bits");
    }
    return fee;
  }
}
