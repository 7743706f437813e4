package dev.mallard.bundle;

import dev.mallard.chain.OutboxEntry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.rlp.RLP;
import org.apache.tuweni.rlp.RLPException;
import org.apache.tuweni.rlp.RLPReader;
import org.apache.tuweni.rlp.RLPWriter;

/**
 * The wire form of a bundle's entries: an RLP list of lists {@code [index, sender, recipient,
 * gasLimit, flags, deadlineSeconds, fee, payload]}. There is one encoding of a list of entries and
 * no other is accepted, so what is held is what the source transmitted, byte for byte ([G-1]).
 */
public final class EntriesCodec {
  private static final int FLAGS_MAX = 0xff;
  private static final int FEE_BITS_MAX = 256;

  private final EntriesLimits limits;

  /** Decodes within these limits. */
  public EntriesCodec(EntriesLimits limits) {
    this.limits = limits;
  }

  /** The body of a bundle with these entries. */
  public static EncodedEntries encode(List<OutboxEntry> entries) {
    return join(entries.stream().map(EntriesCodec::encode).toList());
  }

  static Bytes encode(OutboxEntry entry) {
    return RLP.encodeList(writer -> write(writer, entry));
  }

  static EncodedEntries join(List<Bytes> encoded) {
    return new EncodedEntries(RLP.encodeList(writer -> encoded.forEach(writer::writeRLP)));
  }

  private static void write(RLPWriter writer, OutboxEntry entry) {
    writer.writeLong(entry.index());
    writer.writeValue(entry.sender());
    writer.writeValue(entry.recipient());
    writer.writeLong(entry.gasLimit());
    writer.writeInt(entry.flags());
    writer.writeLong(entry.deadlineSeconds());
    writer.writeBigInteger(entry.fee());
    writer.writeValue(entry.payload());
  }

  /**
   * Reads untrusted bytes. Never throws for what they hold, and allocates in proportion to what is
   * there, not to what lengths claim.
   *
   * @param firstIndex index that the first entry must have; the others must follow it
   */
  public EntriesReading decode(EncodedEntries body, long firstIndex) {
    if (body.sizeBytes() > limits.bytesMax()) {
      return malformed(body.sizeBytes() + " bytes, at most " + limits.bytesMax());
    }
    try {
      List<OutboxEntry> entries = RLP.decode(body.encoded(), reader -> readAll(reader, firstIndex));
      return encode(entries).encoded().equals(body.encoded())
          ? new EntriesReading.Decoded(entries)
          : malformed("not the canonical encoding");
    } catch (RLPException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      return malformed(String.valueOf(e.getMessage()));
    }
  }

  private static EntriesReading malformed(String reason) {
    return new EntriesReading.Malformed(reason);
  }

  private List<OutboxEntry> readAll(RLPReader reader, long firstIndex) {
    List<OutboxEntry> entries = reader.readList(list -> readEntries(list, firstIndex));
    require(reader.isComplete(), "bytes follow the entries");
    require(!entries.isEmpty(), "no entry");
    return entries;
  }

  private List<OutboxEntry> readEntries(RLPReader list, long firstIndex) {
    List<OutboxEntry> entries = new ArrayList<>();
    while (!list.isComplete()) {
      require(
          entries.size() < limits.entriesMax(), "more than " + limits.entriesMax() + " entries");
      long index = Math.addExact(firstIndex, entries.size());
      entries.add(list.readList(fields -> readEntry(fields, index)));
    }
    return entries;
  }

  private OutboxEntry readEntry(RLPReader fields, long index) {
    OutboxEntry entry =
        new OutboxEntry(
            fields.readLong(),
            fields.readValue(),
            fields.readValue(),
            fields.readLong(),
            fields.readInt(),
            fields.readLong(),
            fields.readBigInteger(),
            fields.readValue());
    require(fields.isComplete(), "an entry with more fields");
    require(entry.index() == index, "entry " + entry.index() + " where " + index + " must follow");
    requireFields(entry);
    return entry;
  }

  private void requireFields(OutboxEntry entry) {
    BigInteger fee = entry.fee();
    require(entry.sender().size() == limits.accountBytes(), "a sender's length");
    require(entry.recipient().size() == limits.accountBytes(), "a recipient's length");
    require(entry.gasLimit() >= 0 && entry.deadlineSeconds() >= 0, "a negative number");
    require(entry.flags() >= 0 && entry.flags() <= FLAGS_MAX, "flags beyond a byte");
    require(fee.signum() >= 0 && fee.bitLength() <= FEE_BITS_MAX, "a fee beyond 256 bits");
    require(entry.payload().size() <= limits.payloadBytesMax(), "a payload too long");
  }

  private static void require(boolean isMet, String reason) {
    if (!isMet) {
      throw new IllegalArgumentException(reason);
    }
  }
}
