package dev.mallard.replica;

import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.deliver.DeliveryPlan;
import dev.mallard.deliver.DeliveryTurns;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import dev.mallard.store.RecoveredDestination;

/**
 * Makes the state machines of a replica. The defaults are what a node runs; whoever asks what a
 * wrong threshold or schedule would do hands in other ones.
 */
public interface ReplicaParts {
  /** The hash chain over entries ([OUT-1]). */
  default Accumulator accumulator() {
    return new KeccakAccumulator();
  }

  /** What acks of a source's streams are signed over ([ACK-1]). */
  default AckDigest ackDigest(RsmId source) {
    return new AckDigest(source);
  }

  /** What attestations for an Inbox are signed over ([CERT-1]). */
  default AttestationDigest attestationDigest(RsmId destination, BridgeAddress inbox) {
    return new AttestationDigest(destination, inbox);
  }

  /** The source side's core, from the quack frontier on that the disk remembers. */
  default StreamSender sender(ReplicaValues values, long quacked) {
    Topology topology = values.topology();
    return new StreamSender(
        values.outgoing(),
        values.c3b(),
        topology.self(),
        topology.localTable(),
        topology.remoteTable(),
        quacked);
  }

  /** The destination side's core, with what the disk remembers. */
  default StreamReceiver receiver(ReplicaValues values, RecoveredDestination held) {
    Topology topology = values.topology();
    return new StreamReceiver(
        values.incoming(),
        values.c3b(),
        topology.self(),
        topology.remoteTable(),
        topology.localTable(),
        held.executedSequence(),
        held.executedCount(),
        held.held());
  }

  /** Gathers attestations of the local RSM ([CERT-2]). */
  default Certifier certifier(ReplicaValues values, long quacked) {
    Topology topology = values.topology();
    return new Certifier(
        topology.localTable(), topology.self(), values.c3b().windowBundles(), quacked);
  }

  /** Verifies what the other RSM sends ([RECV-1]). */
  default CertificateVerifier verifier(ReplicaValues values, SignatureScheme scheme) {
    return new CertificateVerifier(
        values.topology().remoteTable(),
        attestationDigest(values.incoming().destination(), values.localInbox()),
        scheme,
        accumulator());
  }

  /** Decides who submits ([DLV-2]). */
  default DeliveryPlan plan(ReplicaValues values, long held) {
    Topology topology = values.topology();
    return new DeliveryPlan(
        new DeliveryTurns(topology.localTable(), values.c3b().quantum()),
        values.delivery(),
        topology.self(),
        held);
  }
}
