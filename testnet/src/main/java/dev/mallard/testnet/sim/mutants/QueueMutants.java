package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.certify.Certifier;
import dev.mallard.replica.ReplicaParts;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.replica.StreamLoop;
import dev.mallard.replica.Topology;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.testnet.sim.LoopBeside;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;

/** Queues and tables whose limit was forgotten ([G-4]). */
final class QueueMutants {
  private QueueMutants() {}

  /** Whatever peers send is queued, however much waits. */
  static Mutant endlessInbox() {
    return new Mutant() {
      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts sound) {
        return sound.with((StreamLoop.Factory) name -> takingAll(sound.loops().create(name)));
      }
    };
  }

  private static StreamLoop takingAll(StreamLoop sound) {
    return new LoopBeside(sound) {
      @Override
      public boolean offer(Runnable work, Runnable done) {
        post(() -> {
          work.run();
          done.run();
        });
        return true;
      }
    };
  }

  /** Copies that nobody has verified are kept, however many bytes they have. */
  static Mutant endlessCopies() {
    return of(
        new ReplicaParts() {
          @Override
          public StreamReceiver receiver(ReplicaValues values, RecoveredDestination held) {
            Topology topology = values.topology();
            return new StreamReceiver(
                values.incoming(),
                withoutByteLimit(values.c3b()),
                topology.self(),
                topology.remoteTable(),
                topology.localTable(),
                held.executedSequence(),
                held.executedCount(),
                held.held());
          }
        });
  }

  private static C3bParameters withoutByteLimit(C3bParameters p) {
    return new C3bParameters(
        p.windowBundles(),
        Long.MAX_VALUE / 2,
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

  /** Attestations are kept, however far ahead their bundle is. */
  static Mutant endlessAttestations() {
    return of(
        new ReplicaParts() {
          @Override
          public Certifier certifier(ReplicaValues values, long quacked) {
            Topology topology = values.topology();
            return new Certifier(
                topology.localTable(), topology.self(), Integer.MAX_VALUE, quacked);
          }
        });
  }

  private static Mutant of(ReplicaParts parts) {
    return new Mutant() {
      @Override
      public ReplicaParts parts(SimReplica replica, ReplicaParts sound) {
        return parts;
      }
    };
  }
}
