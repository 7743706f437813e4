package dev.mallard.testnet.sim.chain;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Signature;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import dev.mallard.testnet.sim.SimSignatures;
import dev.mallard.testnet.sim.Timeline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;

/**
 * Two chains of four validators each, and what all those validators together would sign. A bundle
 * here is one entry, so that bundle and entry have the same number.
 */
final class TwoChains {
  static final int VALIDATORS = 4;
  static final int ENOUGH = 3;
  static final long BLOCK_MILLIS = 1000;
  static final BridgeAddress INBOX = BridgeAddress.fromHex("0x" + "1b".repeat(20));
  private static final Hash32 HEADER = Hash32.fromHex("0x" + "ab".repeat(32));

  final SimSignatures scheme = new SimSignatures();
  final Timeline time = new Timeline();
  final Recorder leftSeen = new Recorder();
  final Recorder rightSeen = new Recorder();
  final VirtualChain left;
  final VirtualChain right;
  final Supply supply;

  TwoChains(ChainProfile profile, long seed) {
    this(profile, seed, new RememberedAccumulator());
  }

  private TwoChains(ChainProfile profile, long seed, RememberedAccumulator shared) {
    this(profile, seed, contracts(2, 1, shared), contracts(1, 2, shared));
  }

  TwoChains(ChainProfile profile, long seed, ChainContracts ofLeft, ChainContracts ofRight) {
    Random random = new Random(seed);
    left =
        new VirtualChain(
            new RsmId(1), new RsmId(2), table(2), time, profile, random, leftSeen, ofLeft);
    right =
        new VirtualChain(
            new RsmId(2), new RsmId(1), table(1), time, profile, random, rightSeen, ofRight);
    supply = new Supply(left, right);
    left.start();
    right.start();
  }

  static ChainContracts contracts(long source, long destination) {
    return contracts(source, destination, new RememberedAccumulator());
  }

  private static ChainContracts contracts(
      long source, long destination, RememberedAccumulator shared) {
    return ChainContracts.of(
        new RsmId(destination), INBOX, table(source), new SimSignatures(), shared);
  }

  static InboxRules rules(long source, long destination) {
    return new ContractRules(new RsmId(destination), INBOX, table(source), new SimSignatures());
  }

  static StakeTable table(long rsm) {
    SimSignatures scheme = new SimSignatures();
    List<Validator> validators = new ArrayList<>();
    for (int i = 0; i < VALIDATORS; i++) {
      BridgeAddress key = scheme.addressOf(SimSignatures.privateKey(rsm, i));
      validators.add(new Validator(i, key, Stake.of(1)));
    }
    FaultModel faults = FaultModel.bft(Stake.of(VALIDATORS));
    return new StakeTable(new RsmId(rsm), Epoch.FIRST, validators, faults);
  }

  void blocks(int count) {
    long until = time.now() + count * BLOCK_MILLIS;
    while (time.advance(until)) {
      supply
          .violation()
          .ifPresent(what -> {
            throw new IllegalStateException(what);
          });
    }
  }

  /** Entries of a chain, certified by the first {@code signers} validators. */
  Delivery delivery(VirtualChain source, long first, long last, int signers) {
    return delivery(source, first, last, last, Epoch.FIRST, signers);
  }

  Delivery delivery(
      VirtualChain source, long first, long last, long sequence, Epoch epoch, int signers) {
    List<OutboxEntry> entries = new ArrayList<>();
    for (long index = first; index <= last; index++) {
      entries.add(source.sent(index));
    }
    Attestation attestation =
        new Attestation(source.outgoing(), epoch, sequence, last, source.accAt(last), HEADER);
    return certified(entries, attestation, signers);
  }

  Delivery certified(List<OutboxEntry> entries, Attestation attestation, int signers) {
    RsmId source = attestation.stream().source();
    Hash32 digest =
        new AttestationDigest(attestation.stream().destination(), INBOX).of(attestation);
    BitSet bits = new BitSet();
    bits.set(0, signers);
    Bytes[] signatures = new Bytes[signers];
    for (int i = 0; i < signers; i++) {
      Signature signature = scheme.sign(digest, SimSignatures.privateKey(source.value(), i));
      signatures[i] = signature.compact();
    }
    return new Delivery(
        attestation.stream(),
        entries,
        attestation.epoch(),
        attestation.sequence(),
        attestation.header(),
        Bytes.wrap(bits.toByteArray()),
        Bytes.concatenate(signatures),
        BridgeAddress.ZERO);
  }
}
