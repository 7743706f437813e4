package dev.mallard.testnet.sim.worlds;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of exploring a world.
 *
 * @param description the world, for people
 * @param walks one for each span and each place of the liar
 */
public record WorldReport(String name, String description, List<Walk> walks) {
  public WorldReport {
    walks = List.copyOf(walks);
  }

  /** Whether no state was found that breaks a guarantee. */
  public boolean isClean() {
    return story().isEmpty();
  }

  /** Whether every state within the world's spans was looked at. */
  public boolean isWhole() {
    return walks.stream().allMatch(Walk::isWhole);
  }

  /** The shortest way to the first breach found. */
  public Optional<Story> story() {
    return walks.stream().flatMap(walk -> walk.story().stream()).findFirst();
  }

  /** States of all walks. */
  public long states() {
    return walks.stream().mapToLong(Walk::states).sum();
  }

  private String summary() {
    Duration sum = walks.stream().map(Walk::duration).reduce(Duration.ZERO, Duration::plus);
    boolean isAll = walks.stream().allMatch(walk -> walk.span().isAll());
    return String.format(
        Locale.ROOT,
        "%s: %,d states in %.1f s; %s",
        name,
        states(),
        sum.toMillis() / 1000.0,
        !isClean()
            ? "a guarantee breaks"
            : "no guarantee breaks; "
                + (isWhole() ? isAll ? "whole" : "whole within its bounds" : "cut"));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ").append(description);
    walks.forEach(walk -> text.append("\n  ").append(walk));
    text.append('\n').append(summary());
    story().ifPresent(story -> text.append('\n').append(story));
    return text.toString();
  }
}
