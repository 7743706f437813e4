package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.c3b.schedule.Schedule;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.deliver.DeliveryPlan;
import dev.mallard.deliver.DeliveryTurns;
import dev.mallard.replica.ReplicaParts;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.replica.Topology;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** State machines made with wrong tables and schedules. */
final class PartMutants {
  private PartMutants() {}

  private static Mutant of(ReplicaParts parts) {
    return new Mutant() {
      @Override
      public ReplicaParts parts(SimReplica replica, ReplicaParts sound) {
        return parts;
      }
    };
  }

  /** The sender judges acks by another table. */
  static Mutant sender(UnaryOperator<StakeTable> wrong) {
    return of(
        new ReplicaParts() {
          @Override
          public StreamSender sender(ReplicaValues values, long quacked) {
            return newSender(
                values, wrong.apply(values.topology().remoteTable()), sound(values), quacked);
          }
        });
  }

  /** The sender follows another schedule. */
  static Mutant schedule(UnaryOperator<Schedule> wrong) {
    return of(
        new ReplicaParts() {
          @Override
          public StreamSender sender(ReplicaValues values, long quacked) {
            return newSender(
                values, values.topology().remoteTable(), wrong.apply(sound(values)), quacked);
          }
        });
  }

  private static Schedule sound(ReplicaValues values) {
    Topology topology = values.topology();
    return new TransmissionSchedule(
        topology.localTable(), topology.remoteTable(), values.c3b().quantum());
  }

  private static StreamSender newSender(
      ReplicaValues values, StakeTable destination, Schedule schedule, long quacked) {
    return new StreamSender(
        values.outgoing(), values.c3b(), values.topology().self(), destination, schedule, quacked);
  }

  /** The receiver believes announcements by another table of the source. */
  static Mutant receiver(UnaryOperator<StakeTable> wrong) {
    return of(
        new ReplicaParts() {
          @Override
          public StreamReceiver receiver(ReplicaValues values, RecoveredDestination held) {
            Topology topology = values.topology();
            return new StreamReceiver(
                values.incoming(),
                values.c3b(),
                topology.self(),
                wrong.apply(topology.remoteTable()),
                topology.localTable(),
                held.executedSequence(),
                held.executedCount(),
                held.held());
          }
        });
  }

  /** The certifier counts by another table. */
  static Mutant certifier(UnaryOperator<StakeTable> wrong) {
    return of(
        new ReplicaParts() {
          @Override
          public Certifier certifier(ReplicaValues values, long quacked) {
            return new Certifier(
                wrong.apply(values.topology().localTable()),
                values.topology().self(),
                values.c3b().windowBundles(),
                quacked);
          }
        });
  }

  /** The verifier of what arrives counts by another table. */
  static Mutant verifier(UnaryOperator<StakeTable> wrong) {
    return of(
        new ReplicaParts() {
          @Override
          public CertificateVerifier verifier(ReplicaValues values, SignatureScheme scheme) {
            return new CertificateVerifier(
                wrong.apply(values.topology().remoteTable()),
                new AttestationDigest(values.incoming().destination(), values.localInbox()),
                scheme,
                new KeccakAccumulator());
          }
        });
  }

  /** Everybody thinks that it is the only one who submits. */
  static Mutant everybodySubmits() {
    return of(
        new ReplicaParts() {
          @Override
          public DeliveryPlan plan(ReplicaValues values, long held) {
            int self = values.topology().self();
            DeliveryTurns mine = new DeliveryTurns(alone(values.topology().localTable(), self), 8);
            return new DeliveryPlan(mine, values.delivery(), self, held);
          }
        });
  }

  /** After a restart nobody asks what was sent before. */
  static Mutant sentForgotten() {
    return of(
        new ReplicaParts() {
          @Override
          public DeliveryPlan plan(ReplicaValues values, long held) {
            Topology topology = values.topology();
            return new DeliveryPlan(
                new DeliveryTurns(topology.localTable(), values.c3b().quantum()),
                values.delivery(),
                topology.self(),
                0);
          }
        });
  }

  private static StakeTable alone(StakeTable table, int self) {
    List<Validator> validators =
        IntStream.range(0, table.size())
            .mapToObj(i -> new Validator(i, table.keyOf(i), i == self ? Stake.of(1) : Stake.ZERO))
            .toList();
    return new StakeTable(
        table.rsm(), table.epoch(), validators, new FaultModel(Stake.ZERO, Stake.ZERO));
  }

  /** The receiver with the highest index never gets a first crossing. */
  static Schedule skippingLastReceiver(Schedule sound) {
    return new Schedule() {
      @Override
      public SendPair firstPair(long sequence) {
        SendPair pair = sound.firstPair(sequence);
        return pair.receiver() == 0 ? pair : new SendPair(pair.sender(), pair.receiver() - 1);
      }

      @Override
      public List<SendPair> pairs(long sequence) {
        return sound.pairs(sequence);
      }
    };
  }

  /** The walk over pairs stops short of its end. */
  static Schedule withoutLastPair(Schedule sound) {
    return pairs(sound, pairs -> pairs.subList(0, Math.max(1, pairs.size() - 1)));
  }

  /** A pair after one that used up both its ends, as all do where stakes are equal, is lost. */
  static Schedule equalStakesLost(Schedule sound) {
    return pairs(
        sound,
        pairs ->
            IntStream.range(0, pairs.size())
                .filter(i ->
                    i == 0
                        || pairs.get(i).sender() == pairs.get(i - 1).sender()
                        || pairs.get(i).receiver() == pairs.get(i - 1).receiver())
                .mapToObj(pairs::get)
                .toList());
  }

  /** The first pair resends for ever. */
  static Schedule firstPairOnly(Schedule sound) {
    return pairs(sound, pairs -> pairs.subList(0, 1));
  }

  private static Schedule pairs(Schedule sound, UnaryOperator<List<SendPair>> wrong) {
    return new Schedule() {
      @Override
      public SendPair firstPair(long sequence) {
        return sound.firstPair(sequence);
      }

      @Override
      public List<SendPair> pairs(long sequence) {
        return wrong.apply(sound.pairs(sequence));
      }
    };
  }
}
