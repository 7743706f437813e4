package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;

/** What one replica may say to another. */
sealed interface Saying {
  /** Which of the copies of a bundle that exist. */
  enum Copy {
    /** As transmitted. */
    TRUE,
    /** Other entries under the true header. */
    FALSE_BODY,
    /** Another place among the entries. */
    FALSE_HEADER
  }

  /** A bundle crosses from the source, and with it how far the sender is ([SEND-3]). */
  record Crossing(long sequence, Copy copy, long top, long quacked) implements Saying {
    @Override
    public String toString() {
      return text(copy) + "bundle " + sequence + " (" + progress(top, quacked) + ")";
    }
  }

  /** A bundle from a local peer: a broadcast ([RECV-2]) or an answer to a fetch ([GC-2]). */
  record LocalCopy(long sequence, Copy copy) implements Saying {
    @Override
    public String toString() {
      return text(copy) + "local copy of bundle " + sequence;
    }
  }

  /** How far a source replica is ([SEND-3]). */
  record Announcement(long top, long quacked) implements Saying {
    @Override
    public String toString() {
      return "announcement " + progress(top, quacked);
    }
  }

  /** What a destination replica holds ([ACK-1]). */
  record Ack(long cumulative, PhiList phi, LastCrossing crossing) implements Saying {
    @Override
    public String toString() {
      String beyond = phi.length() == 0 ? "" : ", beyond it " + phi;
      return "ack \"all up to " + number(cumulative) + beyond + "\"";
    }
  }

  /** A destination replica asks a local peer ([GC-2]). */
  record Fetch(long from, int count) implements Saying {
    @Override
    public String toString() {
      return "request for " + (count == 1 ? "bundle " : count + " bundles from ") + from;
    }
  }

  private static String text(Copy copy) {
    return switch (copy) {
      case TRUE -> "";
      case FALSE_BODY -> "forgery of ";
      case FALSE_HEADER -> "forged header of ";
    };
  }

  private static String progress(long top, long quacked) {
    return "certified up to " + number(top) + ", quacked up to " + number(quacked);
  }

  /** What liars say is far too much to be written out. */
  static String number(long value) {
    return value >= World.NONSENSE ? "2^62" : Long.toString(value);
  }
}
