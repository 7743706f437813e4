package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.schedule.Schedule;
import dev.mallard.c3b.schedule.SendPair;
import java.util.List;

/** Whose turn it is, by the true stake tables ([SEND-1], [SCHED-2], [SCHED-3]). */
final class Turns {
  private final Schedule schedule;
  private final int replicas;

  Turns(World world) {
    this.schedule = new KnownSchedule(world, world.source(), world.destination());
    this.replicas = world.replicas();
  }

  void check(int sender, Effect.SendBundle send, Witness witness) {
    long sequence = send.bundle().sequence();
    List<SendPair> pairs = schedule.pairs(sequence);
    if (pairs.size() > replicas) {
      witness.onBreach("[SCHED-3] the walk of bundle " + sequence + " is longer than both sides");
    }
    SendPair turn = pairs.get(send.round() % pairs.size());
    if (!turn.equals(new SendPair(sender, send.receiver()))) {
      witness.onBreach(
          "[SEND-1] s"
              + sender
              + " sends bundle "
              + sequence
              + " out of turn, round "
              + send.round());
    }
  }
}
