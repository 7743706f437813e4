package dev.mallard.c3b.harness;

import dev.mallard.c3b.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Delays, loses, doubles and reorders what replicas send, as the plan has it; after healing only
 * delays.
 */
public final class Network {
  /**
   * How a network behaves.
   *
   * @param delayMillisMin least delay of a message
   * @param delayMillisMax largest
   * @param lossPercent messages lost
   * @param duplicatePercent messages that arrive twice
   */
  public record Weather(
      int delayMillisMin, int delayMillisMax, int lossPercent, int duplicatePercent) {
    Delays delays() {
      return (from, to, now, random) ->
          (long) delayMillisMin + random.nextInt(delayMillisMax - delayMillisMin + 1);
    }
  }

  /** Messages from a replica of one set to one of the other are lost for a while. */
  public record Partition(long from, long to, List<String> senders, List<String> receivers) {
    boolean isBetween(long now, String sender, String receiver) {
      return now >= from && now < to && senders.contains(sender) && receivers.contains(receiver);
    }
  }

  /** How long a message takes. */
  @FunctionalInterface
  public interface Delays {
    /** Milliseconds; {@code random} is the run's own. */
    long millis(String from, String to, long now, Random random);
  }

  private final Timeline timeline;
  private final Random random;
  private final Delays delays;
  private final long healsAt;
  private final Weather weather;
  private final List<Partition> partitions;
  private long messages;

  /**
   * @param healsAt nothing is lost any more from then on
   */
  public Network(
      Timeline timeline,
      Random random,
      Delays delays,
      long healsAt,
      Weather weather,
      List<Partition> partitions) {
    this.timeline = timeline;
    this.delays = delays;
    this.random = random;
    this.healsAt = healsAt;
    this.weather = weather;
    this.partitions = new ArrayList<>(partitions);
  }

  /** Messages sent so far. */
  public long messages() {
    return messages;
  }

  /** Sends; the inputs of one message arrive together, or none does. */
  public void send(String from, Replica to, List<Input> message) {
    messages++;
    long now = timeline.now();
    boolean isFaulty = now < healsAt;
    if (isFaulty
        && (chance(weather.lossPercent())
            || partitions.stream().anyMatch(p -> p.isBetween(now, from, to.name())))) {
      return;
    }
    deliver(from, to, message);
    if (isFaulty && chance(weather.duplicatePercent())) {
      deliver(from, to, message);
    }
  }

  private void deliver(String from, Replica to, List<Input> message) {
    long delay = delays.millis(from, to.name(), timeline.now(), random);
    timeline.after(delay, () -> message.forEach(to::receive));
  }

  private boolean chance(int percent) {
    return percent > 0 && random.nextInt(100) < percent;
  }
}
