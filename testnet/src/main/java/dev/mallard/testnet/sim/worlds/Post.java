package dev.mallard.testnet.sim.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers all messages that a world has seen, and all that can happen to each replica. */
final class Post {
  /** Time passes. */
  static final int TICK = 0;

  static final int CERTIFY = 1;
  static final int SYNC = 2;
  static final int VERIFY = 3;
  static final int CRASH = 4;
  static final int RESTART = 5;

  private static final List<Happening> COMMON =
      List.of(
          new Happening.Ticks(),
          new Happening.Certifies(),
          new Happening.Syncs(),
          new Happening.Verifies(),
          new Happening.Crashes(),
          new Happening.Restarts());

  private static final int LETTERS_MAX = 1 << 16;

  private final Map<Message, Letter> byMessage = new HashMap<>();
  private final Letter[] byId = new Letter[LETTERS_MAX];
  private final List<List<Happening>> byReplica = new ArrayList<>();

  Post(int replicas) {
    for (int i = 0; i < replicas; i++) {
      byReplica.add(new ArrayList<>(COMMON));
    }
  }

  /** The one letter with this content. */
  synchronized Letter letter(Message message) {
    Letter known = byMessage.get(message);
    if (known != null) {
      return known;
    }
    List<Happening> inputs = byReplica.get(message.to());
    Letter letter = new Letter(byMessage.size(), message, inputs.size(), rank(message));
    if (letter.id() == LETTERS_MAX) {
      throw new IllegalStateException("more than " + LETTERS_MAX + " messages: no small world");
    }
    inputs.add(new Happening.Arrives(message));
    byId[letter.id()] = letter;
    byMessage.put(message, letter);
    return letter;
  }

  private static long rank(Message message) {
    String content = message.toString();
    long rank = 0;
    for (int i = 0; i < content.length(); i++) {
      rank = Mixing.mix(rank, content.charAt(i));
    }
    return rank;
  }

  /** By number; only for numbers that {@link #letter} gave out. */
  Letter letter(int id) {
    return byId[id];
  }

  /** What an input of a replica stands for. */
  synchronized Happening happening(int replica, int input) {
    return byReplica.get(replica).get(input);
  }
}
