package dev.mallard.testnet.sim.mutants;

import dev.mallard.chain.OutboxCursor;
import dev.mallard.stake.Hash32;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Faults that somebody could make, each of which the simulator must find. */
public final class Mutants {
  private Mutants() {}

  /** All of them. */
  public static List<Planted> all() {
    return Stream.of(
            thresholds(),
            schedules(),
            parameters(),
            disks(),
            messages(),
            chatter(),
            queues(),
            catchUp(),
            chains())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Planted> thresholds() {
    return List.of(
        new Planted(
            "quack-at-u",
            "a quack takes u stake instead of more than u",
            PartMutants.sender(Models::oneLess)),
        new Planted(
            "quack-at-one",
            "the ack of one replica lets the source forget",
            PartMutants.sender(Models::trusting)),
        new Planted(
            "quack-by-heads",
            "acks are counted by heads and not by stake",
            PartMutants.sender(Models::byHeads)),
        new Planted(
            "complaint-at-r",
            "complaints of r stake open a resend round",
            PartMutants.sender(Models::oneLiesLess)),
        new Planted(
            "announcements-believed",
            "what one sender says was quacked is fetched",
            PartMutants.receiver(Models::trusting)),
        new Planted(
            "certificate-of-half",
            "attestations of just over half the stake are taken for a certificate",
            PartMutants.certifier(Models::crashOnly)),
        new Planted(
            "certificate-by-heads",
            "the certifier counts heads and not stake",
            PartMutants.certifier(Models::byHeads)),
        new Planted(
            "verify-by-heads",
            "the receiver counts signers and not their stake",
            PartMutants.verifier(Models::byHeads)));
  }

  private static List<Planted> schedules() {
    return List.of(
        new Planted(
            "rotation-skips",
            "the last receiver is left out of the rotation",
            PartMutants.schedule(PartMutants::skippingLastReceiver)),
        new Planted(
            "pair-lost",
            "the walk over resend pairs ends one pair early",
            PartMutants.schedule(PartMutants::withoutLastPair)),
        new Planted(
            "equal-stakes-lost",
            "a resend pair with equal stake is lost in scaling",
            PartMutants.schedule(PartMutants::equalStakesLost)),
        new Planted(
            "same-pair-for-ever",
            "every resend round belongs to the first pair",
            PartMutants.schedule(PartMutants::firstPairOnly)),
        new Planted(
            "other-quantum",
            "replicas apportion another number of slots than was agreed",
            ValueMutants.parameters(ValueMutants::otherQuantum)));
  }

  private static List<Planted> parameters() {
    return List.of(
        new Planted(
            "window-unchecked",
            "four windows are in flight",
            ValueMutants.parameters(ValueMutants::wideWindow)),
        new Planted(
            "impatient",
            "bundles count as lost before an ack can be there",
            ValueMutants.parameters(ValueMutants::impatient)),
        new Planted(
            "fetches-too-much",
            "who catches up asks for more than a batch",
            ValueMutants.parameters(ValueMutants::greedy)),
        new Planted(
            "retention-short",
            "inbound bundles are dropped one too early",
            ValueMutants.retention(-1)));
  }

  private static List<Planted> disks() {
    return List.of(
        new Planted(
            "ack-before-fsync",
            "bundles are acknowledged before they are durable",
            WrongJournal.in(j -> WrongJournal.early(j, w -> w instanceof StoreWrite.Inbound))),
        new Planted(
            "sign-before-fsync",
            "attestations leave before the high-water mark is durable",
            WrongJournal.in(j -> WrongJournal.early(j, w -> w instanceof StoreWrite.HighWater))),
        new Planted(
            "no-high-water",
            "the high-water mark is not written",
            WrongJournal.in(j -> WrongJournal.without(j, w -> w instanceof StoreWrite.HighWater))),
        new Planted(
            "never-forgets",
            "what was executed long ago is never dropped from the disk",
            WrongJournal.in(
                j -> WrongJournal.without(j, w -> w instanceof StoreWrite.InboundDropped))),
        new Planted(
            "evidence-lost",
            "proofs of equivocation are not kept",
            WrongJournal.in(j -> WrongJournal.without(j, w -> w instanceof StoreWrite.Evidence))),
        new Planted(
            "accumulator-forgotten",
            "after a restart the accumulator begins anew",
            WrongJournal.in(j -> WrongJournal.remembering(j, Mutants::withoutAccumulator))),
        new Planted(
            "sequence-skipped",
            "after a restart a bundle number is left out",
            WrongJournal.in(j -> WrongJournal.remembering(j, Mutants::aheadByOne))),
        new Planted(
            "outbound-forgotten",
            "what was built and not quacked is forgotten at a restart",
            WrongJournal.in(j -> WrongJournal.remembering(j, Mutants::withoutOutbound))));
  }

  private static List<Planted> messages() {
    return List.of(
        new Planted(
            "phi-off-by-one",
            "the phi-list is shifted by one bundle",
            MessageMutants.sending(MessageMutants::phiOffByOne)),
        new Planted(
            "ack-one-ahead",
            "acks name the bundle that is expected, not the last one held",
            MessageMutants.sending(MessageMutants::oneAhead)),
        new Planted(
            "no-broadcast",
            "what crossed is not shown to local peers",
            MessageMutants.sending(MessageMutants::noBroadcast)),
        new Planted(
            "broadcast-passed-on",
            "local copies are broadcast once more",
            MessageMutants.rebroadcasting()),
        new Planted(
            "acks-to-one",
            "acks do not rotate over the source",
            MessageMutants.sending(MessageMutants::acksToOne)),
        new Planted(
            "no-announcements",
            "senders never say how far they are",
            MessageMutants.without(PeerMessage.AnnounceMessage.class)),
        new Planted(
            "sends-twice",
            "whatever crosses is sent twice",
            MessageMutants.repeating(2, PeerMessage.BundleMessage.class)),
        new Planted(
            "other-epoch-taken",
            "replicas take certificates of another epoch's validators",
            EpochMutants.receivers()),
        new Planted(
            "signatures-unbound",
            "signatures are not compared with what was signed",
            SchemeMutants.unbound()));
  }

  private static List<Planted> chatter() {
    return List.of(
        new Planted(
            "acks-repeated",
            "every ack is told five times",
            MessageMutants.repeating(5, PeerMessage.AckMessage.class)),
        new Planted(
            "acks-each-tick",
            "an ack leaves with every tick, news or not",
            ValueMutants.parameters(ValueMutants::ackingEachTick)),
        new Planted(
            "phi-of-all",
            "the phi-list begins at the first bundle and grows with the stream",
            MessageMutants.sending(ChatterMutants::phiOfAll)),
        new Planted(
            "attests-each-tick",
            "the last attestation is told to all again with every tick",
            ChatterMutants.eachTick(PeerMessage.AttestationMessage.class::isInstance)),
        new Planted(
            "announces-each-tick",
            "the last announcement is told again with every tick",
            ChatterMutants.eachTick(PeerMessage.AnnounceMessage.class::isInstance)));
  }

  private static List<Planted> queues() {
    return List.of(
        new Planted(
            "inbox-unbounded",
            "a loop takes whatever peers send, however much waits",
            QueueMutants.endlessInbox()),
        new Planted(
            "copies-unbounded",
            "unverified copies are kept, however many bytes they have",
            QueueMutants.endlessCopies()),
        new Planted(
            "attested-unbounded",
            "attestations are kept, however far ahead their bundle is",
            QueueMutants.endlessAttestations()));
  }

  private static List<Planted> catchUp() {
    return List.of(
        new Planted(
            "serves-unlimited", "a peer is served as often as it asks", CatchUpMutants.unlimited()),
        new Planted(
            "serves-everything",
            "a peer that asks for some bundles is shown all that follow too",
            CatchUpMutants.everything()),
        new Planted(
            "fetches-unquacked",
            "what was only announced is fetched from local peers",
            CatchUpMutants.announcedIsQuacked()),
        new Planted(
            "asks-everybody",
            "who catches up asks all its peers at once for the same",
            CatchUpMutants.askingAll()));
  }

  private static List<Planted> chains() {
    return List.of(
        new Planted(
            "hasty-reader", "the newest block is taken for final", ChainMutants.hastyReader()),
        new Planted(
            "logs-believed", "what an RPC left out is not noticed", ChainMutants.believingReader()),
        new Planted(
            "never-takes-over",
            "nobody submits in another's place",
            ValueMutants.takeover(1_000_000)),
        new Planted(
            "everybody-submits",
            "every replica submits everything",
            PartMutants.everybodySubmits()),
        new Planted(
            "sent-forgotten",
            "after a crash between sending and recording, what was sent is sent again at once",
            PartMutants.sentForgotten()),
        new Planted(
            "inbox-recounts",
            "the Inbox executes again what it has executed",
            ChainMutants.contracts(ChainMutants::recounting)),
        new Planted(
            "inbox-trusts",
            "the Inbox takes any certificate",
            ChainMutants.contracts(ChainMutants::trusting)),
        new Planted(
            "refunds-always",
            "a receipt refunds whatever it says",
            ChainMutants.contracts(ChainMutants::refundingAlways)));
  }

  private static RecoveredSource withoutAccumulator(RecoveredSource sound) {
    Optional<OutboxCursor> cursor =
        sound.cursor().map(read -> new OutboxCursor(read.block(), read.count(), Hash32.ZERO));
    return new RecoveredSource(
        cursor,
        sound.lastSequence(),
        sound.highWater(),
        sound.quacked(),
        sound.acks(),
        sound.outbound());
  }

  private static RecoveredSource aheadByOne(RecoveredSource sound) {
    long last = sound.lastSequence() == 0 ? 0 : sound.lastSequence() + 1;
    return new RecoveredSource(
        sound.cursor(), last, sound.highWater(), sound.quacked(), sound.acks(), sound.outbound());
  }

  private static RecoveredSource withoutOutbound(RecoveredSource sound) {
    return new RecoveredSource(
        sound.cursor(),
        sound.lastSequence(),
        sound.highWater(),
        sound.quacked(),
        Map.of(),
        List.of());
  }
}
