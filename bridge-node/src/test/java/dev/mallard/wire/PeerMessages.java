package dev.mallard.wire;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;

/** Well-formed messages drawn from a seed; the same seed draws the same messages. */
public final class PeerMessages {
  private final Random random;

  public PeerMessages(long seed) {
    this.random = new Random(seed);
  }

  /** One message of each kind. */
  public List<PeerMessage> oneOfEach() {
    List<PeerMessage> all = new ArrayList<>();
    for (int kind = 0; kind < 8; kind++) {
      all.add(ofKind(kind));
    }
    return all;
  }

  public PeerMessage any() {
    return ofKind(random.nextInt(8));
  }

  public List<PeerMessage> some(int countMax) {
    List<PeerMessage> messages = new ArrayList<>();
    int count = 1 + random.nextInt(countMax);
    for (int i = 0; i < count; i++) {
      messages.add(any());
    }
    return messages;
  }

  /** A bundle with a number and a size that a test chose. */
  public PeerMessage.BundleMessage bundle(long sequence, int entriesBytes) {
    BundleHeader header =
        new BundleHeader(
            stream(), sequence, epoch(), number(0), hash(), sequence, sequence, hash(), hash());
    return new PeerMessage.BundleMessage(
        new OfferedBundle(header, new EncodedEntries(bytes(entriesBytes)), certificate()),
        number(0),
        number(0));
  }

  /** A bundle's number, as {@link #bundle} took it. */
  public static long sequence(PeerMessage message) {
    return ((PeerMessage.BundleMessage) message).bundle().header().sequence();
  }

  private PeerMessage ofKind(int kind) {
    return switch (kind) {
      case 0 ->
          new PeerMessage.Hello(
              random.nextInt(256), rsm(), random.nextInt(StakeTable.VALIDATORS_MAX), epoch());
      case 1 ->
          new PeerMessage.AttestationMessage(new SignedAttestation(attestation(), signature()));
      case 2 -> new PeerMessage.CertificateMessage(certificate());
      case 3 -> bundle(number(1), random.nextInt(random.nextBoolean() ? 200 : 20_000));
      case 4 -> new PeerMessage.AnnounceMessage(stream(), number(0), number(0));
      case 5 ->
          new PeerMessage.AckMessage(
              new SignedAck(stream(), epoch(), number(0), signature()),
              phi(),
              new LastCrossing(random.nextInt(StakeTable.VALIDATORS_MAX), number(0)));
      case 6 -> new PeerMessage.FetchMessage(stream(), number(1), 1 + random.nextInt(4096));
      default -> new PeerMessage.Ping();
    };
  }

  private Attestation attestation() {
    return new Attestation(stream(), epoch(), number(1), number(1), hash(), hash());
  }

  private Certificate certificate() {
    BitSet signers = new BitSet();
    int count = random.nextInt(20);
    for (int i = 0; i < count; i++) {
      signers.set(random.nextInt(random.nextBoolean() ? 32 : StakeTable.VALIDATORS_MAX));
    }
    List<Signature> signatures = new ArrayList<>();
    for (int i = 0; i < signers.cardinality(); i++) {
      signatures.add(signature());
    }
    return new Certificate(attestation(), signers, signatures);
  }

  private PhiList phi() {
    int bits = random.nextInt(600);
    return PhiList.of(random.longs((bits + 63) / 64).toArray(), bits);
  }

  private StreamId stream() {
    RsmId source = rsm();
    RsmId destination = rsm();
    return new StreamId(
        source, destination.equals(source) ? new RsmId(source.value() ^ 2) : destination);
  }

  private RsmId rsm() {
    return new RsmId(number(3));
  }

  private Epoch epoch() {
    return new Epoch(number(1));
  }

  /** At least {@code min}; small ones and huge ones. */
  private long number(long min) {
    long any = random.nextLong() >>> (1 + random.nextInt(63));
    return Math.max(min, any);
  }

  private Hash32 hash() {
    return Hash32.of(bytes(Hash32.HASH_BYTES).toArrayUnsafe());
  }

  private Signature signature() {
    return new Signature(bytes(Signature.BYTES));
  }

  private Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
