package dev.mallard.testnet.sim.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of exploring a world.
 *
 * @param description the world and its bounds, for people
 * @param walks one for each place of the liar
 */
public record WorldReport(String name, String description, List<Walk> walks) {
  public WorldReport {
    walks = List.copyOf(walks);
  }

  /** This report, and what came of other walks of the same world. */
  WorldReport and(WorldReport other) {
    List<Walk> all = new ArrayList<>(walks);
    all.addAll(other.walks);
    return new WorldReport(name, description, all);
  }

  /** Whether no state was found that breaks a guarantee. */
  public boolean isClean() {
    return story().isEmpty();
  }

  /** Whether every state within the world's bounds was looked at. */
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

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ").append(description);
    walks.forEach(walk -> text.append("\n  ").append(walk));
    story().ifPresent(story -> text.append("\n").append(story));
    return text.toString();
  }
}
