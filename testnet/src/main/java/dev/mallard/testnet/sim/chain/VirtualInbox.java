package dev.mallard.testnet.sim.chain;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What Inbox.sol demands of a delivery, in its order ([DLV-1], [DLV-3]): known stream, something
 * new, no gap, the epoch in force, a new bundle, a certificate over the result.
 */
final class VirtualInbox {
  private static final int GAP_MAX = 4096;

  private final StreamId stream;
  private final InboxRules rules;
  private final Accumulator accumulator;
  private final Epoch epoch;

  /** After entry i at place i, as far as was ever accepted; what was undone is overwritten. */
  private final List<Hash32> accs = new ArrayList<>(List.of(Hash32.ZERO));

  private InboxState state;

  VirtualInbox(
      StreamId stream, Epoch epoch, InboxRules rules, Accumulator accumulator, BlockRef genesis) {
    this.stream = stream;
    this.rules = rules;
    this.epoch = epoch;
    this.accumulator = accumulator;
    this.state = new InboxState(genesis, 0, 0, epoch, Hash32.ZERO);
  }

  InboxState state() {
    return state;
  }

  void restore(InboxState before) {
    state = before;
  }

  /** The state belongs to a new block from now on. */
  void onBlock(BlockRef ref) {
    state = new InboxState(ref, state.count(), state.sequence(), epoch, state.acc());
  }

  /** What the contract would say in a certain state. */
  InboxVerdict judge(InboxState in, Delivery delivery) {
    if (!delivery.stream().equals(stream)) {
      return new InboxVerdict.Refused("UnknownSource");
    }
    int skip = rules.skip(in.count(), delivery);
    if (skip >= delivery.entries().size()) {
      return new InboxVerdict.AlreadyDelivered();
    }
    long count = in.count();
    Hash32 acc = accBefore(in, delivery.entries().get(skip).index());
    for (int i = skip; i < delivery.entries().size(); i++) {
      OutboxEntry entry = delivery.entries().get(i);
      if (!rules.isNext(count + 1, entry.index())) {
        return new InboxVerdict.Refused("Gap(" + (count + 1) + ", " + entry.index() + ")");
      }
      count = entry.index();
      acc = accumulator.extend(stream, acc, entry);
    }
    return verify(in, delivery, skip, count, acc);
  }

  private InboxVerdict verify(InboxState in, Delivery delivery, int skip, long count, Hash32 acc) {
    if (!rules.isEpochInForce(in.epoch(), delivery.epoch())) {
      return new InboxVerdict.Refused("WrongEpoch(" + in.epoch() + ", " + delivery.epoch() + ")");
    }
    if (!rules.isSequenceNew(in.sequence(), delivery.sequence())) {
      return new InboxVerdict.Refused(
          "WrongSequence(" + in.sequence() + ", " + delivery.sequence() + ")");
    }
    Optional<Certificate> certificate = certificate(delivery, count, acc);
    if (certificate.isEmpty() || !rules.isCertified(certificate.get())) {
      return new InboxVerdict.Refused("NotEnoughStake");
    }
    return new InboxVerdict.Accepted(skip, count, acc);
  }

  /** Where the hash chain goes on; only wrong rules ever ask for what lies behind. */
  private Hash32 accBefore(InboxState in, long index) {
    boolean isBehind = index >= 1 && index <= in.count();
    return isBehind && index <= accs.size() ? accs.get((int) index - 1) : in.acc();
  }

  private Optional<Certificate> certificate(Delivery delivery, long count, Hash32 acc) {
    BitSet signers = BitSet.valueOf(delivery.signers().toArrayUnsafe());
    int signatures = signers.cardinality();
    if (delivery.signatures().size() != signatures * Signature.BYTES) {
      return Optional.empty();
    }
    List<Signature> list = new ArrayList<>(signatures);
    for (int i = 0; i < signatures; i++) {
      list.add(new Signature(delivery.signatures().slice(i * Signature.BYTES, Signature.BYTES)));
    }
    Attestation attestation =
        new Attestation(
            stream, delivery.epoch(), delivery.sequence(), count, acc, delivery.header());
    return Optional.of(new Certificate(attestation, signers, list));
  }

  /** Takes what was judged, in the state at hand. */
  void accept(Delivery delivery, InboxVerdict.Accepted verdict, BlockHead block) {
    Hash32 acc = accBefore(state, delivery.entries().get(verdict.skip()).index());
    for (int i = verdict.skip(); i < delivery.entries().size(); i++) {
      OutboxEntry entry = delivery.entries().get(i);
      acc = accumulator.extend(stream, acc, entry);
      remember(entry.index(), acc);
    }
    state = new InboxState(block.ref(), verdict.count(), delivery.sequence(), epoch, verdict.acc());
  }

  /**
   * Wrong rules may leave gaps: they are filled with what no entry hashes to, unless they are
   * absurd.
   */
  private void remember(long index, Hash32 acc) {
    if (index > accs.size() + GAP_MAX) {
      return;
    }
    while (accs.size() <= index) {
      accs.add(Hash32.ZERO);
    }
    accs.set((int) index, acc);
  }
}
