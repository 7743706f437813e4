package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.schedule.Schedule;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.stream.LongStream;

/** The schedule of the few bundles of a small world, computed once by the real one. */
final class KnownSchedule implements Schedule {
  private final List<List<SendPair>> pairs;

  KnownSchedule(World world, StakeTable source, StakeTable destination) {
    TransmissionSchedule schedule =
        new TransmissionSchedule(source, destination, world.parameters().quantum());
    this.pairs = LongStream.rangeClosed(1, world.bundles()).mapToObj(schedule::pairs).toList();
  }

  @Override
  public SendPair firstPair(long sequence) {
    return pairs(sequence).getFirst();
  }

  @Override
  public List<SendPair> pairs(long sequence) {
    return pairs.get((int) sequence - 1);
  }
}
