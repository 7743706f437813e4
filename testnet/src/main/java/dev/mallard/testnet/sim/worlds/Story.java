package dev.mallard.testnet.sim.worlds;

import java.util.List;

/**
 * The shortest way to a state that breaks a guarantee: one line an event, who did what.
 *
 * @param breach what is broken, with the tag of its clause
 */
public record Story(List<String> lines, String breach) {
  public Story {
    lines = List.copyOf(lines);
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n" + breach;
  }
}
