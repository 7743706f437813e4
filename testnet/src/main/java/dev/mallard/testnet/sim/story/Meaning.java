package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Clause;

/** What each clause of PROTOCOL.md says, in a sentence. */
final class Meaning {
  private Meaning() {}

  static String of(Clause clause) {
    return switch (clause) {
      case G_1, G_2, G_3, G_4, G_5, G_6, G_7 -> guarantee(clause);
      case OUT_1, OUT_2, OUT_3, CERT_1, CERT_2, CERT_3 -> source(clause);
      case SCHED_1, SCHED_2, SCHED_3, SCHED_4, SCHED_5 -> schedule(clause);
      case DLV_1, DLV_2, DLV_3, DLV_4 -> delivery(clause);
      default -> transport(clause);
    };
  }

  private static String guarantee(Clause clause) {
    return switch (clause) {
      case G_1 ->
          "what a correct replica delivers as bundle k is what the source sent as bundle k.";
      case G_2 -> "what the source sends reaches every correct replica of the destination.";
      case G_3 -> "an ack is never ahead of the disk.";
      case G_4 -> "memory and disk stay within configured windows, whatever others do.";
      case G_5 -> "without faults a bundle crosses once.";
      case G_6 -> "attestations and acks are signed, so that all can check who said what.";
      default -> "quacked and executed are two states.";
    };
  }

  private static String source(Clause clause) {
    return switch (clause) {
      case OUT_1 -> "the Outbox keeps a count and a hash chain over all entries.";
      case OUT_2 -> "a node reads finalized blocks only, and never steps over a gap.";
      case OUT_3 ->
          "a bundle follows from the finalized chain; all correct replicas build the same.";
      case CERT_1 -> "what is signed is on disk first, and nothing else is signed for that count.";
      case CERT_2 -> "a certificate has attestations of at least total less u stake.";
      default -> "two attestations of one replica for one count that differ are kept as evidence.";
    };
  }

  private static String schedule(Clause clause) {
    return switch (clause) {
      case SCHED_1 -> "slots are apportioned by stake with Hamilton's method, in integers.";
      case SCHED_2 -> "bundle k crosses first from its scheduled sender to its receiver.";
      case SCHED_3 -> "resends walk over pairs until more than u of both sides was carried.";
      case SCHED_4 -> "a replica too small for a slot still acknowledges and resends.";
      default -> "slots decide who acts, exact stake decides what counts.";
    };
  }

  private static String delivery(Clause clause) {
    return switch (clause) {
      case DLV_1 -> "the Inbox executes entries in order, each once, with a certificate.";
      case DLV_2 -> "submitting rotates by stake; without faults one transaction carries a bundle.";
      case DLV_3 -> "submitting twice is harmless, false deliveries are refused.";
      default -> "outcomes come back as receipts, and value is conserved.";
    };
  }

  private static String transport(Clause clause) {
    return switch (clause) {
      case SEND_1 -> "only the scheduled replica sends a bundle.";
      case SEND_2 -> "at most a window of bundles is in flight beyond the quack frontier.";
      case SEND_3 -> "senders tell the highest certified and the highest quacked bundle truly.";
      case RECV_1 -> "a bundle is taken only after all checks, its certificate the last.";
      case RECV_2 -> "a bundle from across is made durable, then shown to all local peers.";
      case RECV_3 -> "acks cover only what an fsync has made durable.";
      case ACK_1 -> "an ack names what is durable here, and which of the next bundles are held.";
      case ACK_2 -> "acks rotate over the source's replicas; an idle stream falls silent.";
      case QUACK_1 -> "a quack is acks with u + 1 stake: a correct replica holds it.";
      case QUACK_2 -> "the acks behind a quack are its certificate.";
      case LOSS_1 -> "only complaints with r + 1 stake cause a resend; without faults none.";
      case LOSS_2 -> "a complaint quorum opens a round, in which the pair's sender resends.";
      case GC_1 -> "nothing is forgotten before it is quacked, or executed and retained.";
      case GC_2 -> "what r + 1 stake calls quacked is fetched from local peers.";
      case GC_3 -> "what the finalized Inbox has executed need not be fetched.";
      case CATCH_1 -> "a restart costs what is unacknowledged, not history.";
      default -> clause.tag();
    };
  }
}
