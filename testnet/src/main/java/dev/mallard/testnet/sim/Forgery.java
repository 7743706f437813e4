package dev.mallard.testnet.sim;

import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.EncodedEntries;
import dev.mallard.bundle.EntriesCodec;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Attestations;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;

/** Makes false statements, signed where a liar's own key, or one of its league, can sign them. */
final class Forgery {
  private final World world;
  private final SimReplica self;
  private final Random random;
  private final AttestationDigest attestations;
  private final AckDigest acks;

  Forgery(World world, SimReplica self, Random random) {
    this.world = world;
    this.self = self;
    this.random = random;
    StreamId outgoing = self.values().outgoing();
    this.attestations =
        new AttestationDigest(outgoing.destination(), World.inboxOf(1 - self.side()));
    this.acks = new AckDigest(outgoing.destination());
  }

  /** An ack for any number, signed. */
  PeerMessage ack(StreamId stream, long cumulative, PhiList phi) {
    Epoch epoch = self.values().topology().localTable().epoch();
    Signature signature = self.key().sign(acks.of(stream, epoch, cumulative));
    return new PeerMessage.AckMessage(
        new SignedAck(stream, epoch, cumulative, signature), phi, anyCrossing(cumulative));
  }

  /** The same bundle number with another accumulator, signed. */
  PeerMessage otherAttestation(Attestation honest) {
    Attestation other =
        new Attestation(
            honest.stream(),
            honest.epoch(),
            honest.sequence(),
            honest.count(),
            anyHash(),
            honest.header());
    return new PeerMessage.AttestationMessage(signed(other));
  }

  /** Of a bundle that may come one day: whoever keeps such statements keeps very many. */
  PeerMessage attestationFarAhead() {
    long sequence = 1L + random.nextInt(1 << 20);
    Epoch epoch = self.values().topology().localTable().epoch();
    return new PeerMessage.AttestationMessage(
        signed(
            new Attestation(
                self.values().outgoing(), epoch, sequence, sequence, anyHash(), anyHash())));
  }

  private SignedAttestation signed(Attestation attestation) {
    return new SignedAttestation(attestation, self.key().sign(attestations.of(attestation)));
  }

  private Hash32 anyHash() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }

  /** A bundle that was heard, with something in it changed. */
  Optional<PeerMessage> falseCopy(List<PeerMessage> heard) {
    return heard.stream()
        .filter(m -> m instanceof PeerMessage.BundleMessage)
        .findFirst()
        .map(this::mutated);
  }

  /** Says of whomever that a bundle came from it just now: slow pairs are waited for ([LOSS-1]). */
  private LastCrossing anyCrossing(long cumulative) {
    int sender = random.nextInt(self.values().topology().remoteTable().size());
    return new LastCrossing(sender, Math.max(0, cumulative - random.nextInt(4)));
  }

  /** The message with one thing changed that its signature or certificate should protect. */
  PeerMessage mutated(PeerMessage message) {
    return switch (message) {
      case PeerMessage.BundleMessage m ->
          new PeerMessage.BundleMessage(mutated(m.bundle()), m.top(), m.quacked());
      case PeerMessage.AckMessage m ->
          new PeerMessage.AckMessage(
              new SignedAck(
                  m.ack().stream(),
                  random.nextBoolean() ? m.ack().epoch() : new Epoch(7),
                  m.ack().cumulative() + 1 + random.nextInt(20),
                  m.ack().signature()),
              m.phi(),
              m.crossing());
      case PeerMessage.AttestationMessage m -> {
        Attestation said = m.signed().attestation();
        yield new PeerMessage.AttestationMessage(
            new SignedAttestation(
                new Attestation(
                    said.stream(),
                    said.epoch(),
                    said.sequence() + random.nextInt(3),
                    said.count() + random.nextInt(3),
                    anyHash(),
                    said.header()),
                m.signed().signature()));
      }
      case PeerMessage.AnnounceMessage m ->
          new PeerMessage.AnnounceMessage(m.stream().reverse(), m.top(), m.quacked());
      case PeerMessage.FetchMessage m ->
          new PeerMessage.FetchMessage(m.stream(), -m.from(), random.nextInt());
      default -> message;
    };
  }

  private OfferedBundle mutated(OfferedBundle bundle) {
    BundleHeader header = bundle.header();
    return switch (random.nextInt(4)) {
      case 0 ->
          new OfferedBundle(with(header, header.sequence() + 1), bundle.body(), bundle.proof());
      case 1 ->
          new OfferedBundle(
              with(header, header.sequence(), header.stream().reverse(), header.epoch()),
              bundle.body(),
              bundle.proof());
      case 2 ->
          new OfferedBundle(
              with(header, header.sequence(), header.stream(), new Epoch(2)),
              bundle.body(),
              bundle.proof());
      default -> new OfferedBundle(header, falseBody(bundle), bundle.proof());
    };
  }

  private static EncodedEntries falseBody(OfferedBundle bundle) {
    byte[] bytes = ((EncodedEntries) bundle.body()).encoded().toArray();
    bytes[bytes.length - 1] ^= 1;
    return new EncodedEntries(Bytes.wrap(bytes));
  }

  private static BundleHeader with(BundleHeader header, long sequence) {
    return with(header, sequence, header.stream(), header.epoch());
  }

  private static BundleHeader with(
      BundleHeader header, long sequence, StreamId stream, Epoch epoch) {
    return new BundleHeader(
        stream,
        sequence,
        epoch,
        header.blockNumber(),
        header.blockHash(),
        header.firstIndex(),
        header.lastIndex(),
        header.accBefore(),
        header.accAfter());
  }

  /**
   * A false bundle whose hash chain is whole, certified by all liars of this side together: they
   * have at most r stake, which is not enough.
   */
  Optional<PeerMessage> shortCertificate() {
    return falseBundle(Epoch.FIRST, this::ofTheLeague);
  }

  /** A false bundle whose hash chain is whole, certified by all validators of another epoch. */
  Optional<PeerMessage> ofAnotherEpoch() {
    return falseBundle(
        FormerValidators.EPOCH,
        header -> former(self.side()).certify(Attestations.of(header), attestations));
  }

  private FormerValidators former(int side) {
    return FormerValidators.of(world.plan().sides().get(side).table());
  }

  private Optional<PeerMessage> falseBundle(
      Epoch epoch, Function<BundleHeader, Certificate> certify) {
    long count = world.truth(self.side()).count();
    if (count == 0) {
      return Optional.empty();
    }
    BuiltBundle real = world.truth(self.side()).bundle(1 + random.nextLong(count));
    if (real == null) {
      return Optional.empty();
    }
    List<OutboxEntry> entries = new ArrayList<>(real.entries());
    entries.set(0, richer(entries.getFirst()));
    Hash32 acc = real.header().accBefore();
    for (OutboxEntry entry : entries) {
      acc = new KeccakAccumulator().extend(real.header().stream(), acc, entry);
    }
    BundleHeader header = withAcc(real.header(), epoch, acc);
    return Optional.of(
        new PeerMessage.BundleMessage(
            new OfferedBundle(header, EntriesCodec.encode(entries), certify.apply(header)),
            header.sequence(),
            0));
  }

  private static BundleHeader withAcc(BundleHeader header, Epoch epoch, Hash32 acc) {
    return new BundleHeader(
        header.stream(),
        header.sequence(),
        epoch,
        header.blockNumber(),
        header.blockHash(),
        header.firstIndex(),
        header.lastIndex(),
        header.accBefore(),
        acc);
  }

  private static OutboxEntry richer(OutboxEntry entry) {
    return new OutboxEntry(
        entry.index(),
        entry.sender(),
        entry.recipient(),
        entry.gasLimit() + 1,
        entry.flags(),
        entry.deadlineSeconds(),
        entry.fee(),
        entry.payload());
  }

  private Certificate ofTheLeague(BundleHeader header) {
    Attestation attestation = Attestations.of(header);
    Hash32 digest = attestations.of(attestation);
    BitSet signers = new BitSet();
    List<Signature> signatures = new ArrayList<>();
    world
        .plan()
        .nodesOf(self.side())
        .filter(world.plan().liars()::containsKey)
        .forEach(node -> {
          signers.set(world.plan().indexOf(node));
          signatures.add(world.replica(node).key().sign(digest));
        });
    return new Certificate(attestation, signers, signatures);
  }

  /**
   * The delivery with richer entries, certified by all validators of another epoch of its source.
   */
  Delivery ofAnotherEpoch(Delivery delivery) {
    List<OutboxEntry> entries = new ArrayList<>(delivery.entries());
    entries.set(0, richer(entries.getFirst()));
    Hash32 acc = world.chain(self.side()).inboxLatest().acc();
    long count = delivery.firstIndex() - 1;
    if (world.chain(self.side()).inboxLatest().count() != count) {
      return delivery; // overtaken: there is nothing to continue
    }
    for (OutboxEntry entry : entries) {
      acc = new KeccakAccumulator().extend(delivery.stream(), acc, entry);
    }
    Attestation attestation =
        new Attestation(
            delivery.stream(),
            FormerValidators.EPOCH,
            delivery.sequence(),
            delivery.lastIndex(),
            acc,
            delivery.header());
    AttestationDigest digests =
        new AttestationDigest(delivery.stream().destination(), World.inboxOf(self.side()));
    Certificate made = former(1 - self.side()).certify(attestation, digests);
    return new Delivery(
        delivery.stream(),
        entries,
        FormerValidators.EPOCH,
        delivery.sequence(),
        delivery.header(),
        Bytes.wrap(made.signers().toByteArray()),
        Bytes.concatenate(made.signatures().stream().map(Signature::compact).toList()),
        delivery.payout());
  }

  /** The delivery with a certificate that does not fit it. */
  Delivery wronglyCertified(Delivery delivery) {
    return new Delivery(
        delivery.stream(),
        delivery.entries(),
        delivery.epoch(),
        delivery.sequence() + 1,
        delivery.header(),
        delivery.signers(),
        delivery.signatures(),
        delivery.payout());
  }
}
