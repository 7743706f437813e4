package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import java.util.function.UnaryOperator;

/** Parameters that are wrong. */
final class ValueMutants {
  private ValueMutants() {}

  private static Mutant of(UnaryOperator<ReplicaValues> wrong) {
    return new Mutant() {
      @Override
      public ReplicaValues values(SimReplica replica, ReplicaValues sound) {
        return wrong.apply(sound);
      }
    };
  }

  static Mutant parameters(UnaryOperator<C3bParameters> wrong) {
    return of(v ->
        new ReplicaValues(
            v.topology(),
            wrong.apply(v.c3b()),
            v.delivery(),
            v.localInbox(),
            v.remoteInbox(),
            v.payout(),
            v.retentionBundles()));
  }

  static Mutant retention(int change) {
    return of(v ->
        new ReplicaValues(
            v.topology(),
            v.c3b(),
            v.delivery(),
            v.localInbox(),
            v.remoteInbox(),
            v.payout(),
            v.retentionBundles() + change));
  }

  static Mutant takeover(int blocks) {
    return of(v ->
        new ReplicaValues(
            v.topology(),
            v.c3b(),
            new DeliveryLimits(v.delivery().gasMax(), v.delivery().entriesMax(), blocks),
            v.localInbox(),
            v.remoteInbox(),
            v.payout(),
            v.retentionBundles()));
  }

  /** Four times what may be in flight. */
  static C3bParameters wideWindow(C3bParameters p) {
    return new C3bParameters(
        4 * p.windowBundles(),
        4 * p.windowBytes(),
        p.phiBits(),
        p.quantum(),
        p.tickMillis(),
        p.lossTimeoutMillisInitial(),
        p.lossTimeoutMillisMin(),
        p.lossTimeoutMillisMax(),
        p.ackIntervalMillis(),
        p.heartbeatMillis(),
        p.fetchBatchBundles());
  }

  /** A schedule of another length than everybody else's. */
  static C3bParameters otherQuantum(C3bParameters p) {
    return new C3bParameters(
        p.windowBundles(),
        p.windowBytes(),
        p.phiBits(),
        p.quantum() + 1,
        p.tickMillis(),
        p.lossTimeoutMillisInitial(),
        p.lossTimeoutMillisMin(),
        p.lossTimeoutMillisMax(),
        p.ackIntervalMillis(),
        p.heartbeatMillis(),
        p.fetchBatchBundles());
  }

  /** Acks with every tick, whether there is news or not. */
  static C3bParameters ackingEachTick(C3bParameters p) {
    return new C3bParameters(
        p.windowBundles(),
        p.windowBytes(),
        p.phiBits(),
        p.quantum(),
        p.tickMillis(),
        p.lossTimeoutMillisInitial(),
        p.lossTimeoutMillisMin(),
        p.lossTimeoutMillisMax(),
        1,
        1,
        p.fetchBatchBundles());
  }

  /** Losses are believed before an ack can be there. */
  static C3bParameters impatient(C3bParameters p) {
    return new C3bParameters(
        p.windowBundles(),
        p.windowBytes(),
        p.phiBits(),
        p.quantum(),
        p.tickMillis(),
        1,
        1,
        1,
        p.ackIntervalMillis(),
        p.heartbeatMillis(),
        p.fetchBatchBundles());
  }

  /** Fetches ask for more than a batch, and are served as much. */
  static C3bParameters greedy(C3bParameters p) {
    return new C3bParameters(
        p.windowBundles(),
        p.windowBytes(),
        p.phiBits(),
        p.quantum(),
        p.tickMillis(),
        p.lossTimeoutMillisInitial(),
        p.lossTimeoutMillisMin(),
        p.lossTimeoutMillisMax(),
        1,
        p.heartbeatMillis(),
        1_000);
  }
}
