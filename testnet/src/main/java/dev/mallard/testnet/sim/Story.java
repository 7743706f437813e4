package dev.mallard.testnet.sim;

import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run: a digest always, and on demand every event, for people.
 *
 * <p>Two runs of one plan have the same digest, on any machine, traced or not: what is only shown
 * is no part of it.
 */
public final class Story {
  /**
   * Something that happened; a message if {@code to} is a node.
   *
   * @param node a replica, {@link #NOBODY}, or {@link #chain}
   * @param until when a message arrives or is found lost; otherwise {@code at}
   */
  public record Event(
      long at,
      Kind kind,
      int node,
      int to,
      long sequence,
      String text,
      Fate fate,
      Lie lie,
      long until) {
    /** Whether it is a message between two replicas. */
    public boolean isMessage() {
      return to >= 0;
    }

    private Event with(Fate other, long end) {
      return new Event(at, kind, node, to, sequence, text, other, lie, end);
    }
  }

  /** What becomes of a message. */
  public enum Fate {
    /** It arrives, unless {@link #ENDED} is told later. */
    ARRIVES,
    /** It arrives once more. */
    DUPLICATE,
    /** The network loses it. */
    LOST,
    /** A partition is in its way. */
    CUT,
    /** The receiver is down, and the sender sees it. */
    DOWN,
    /** The receiver went down while it was under way. */
    ENDED,
    /** A liar does not send it. */
    WITHHELD
  }

  /** What a liar did with a message. */
  public enum Lie {
    /** Nothing: it is what the protocol says. */
    NONE,
    /** Sends something else; the text says what was meant, empty if its number is the same. */
    CHANGED,
    /** Sends it unasked. */
    UNASKED,
    /** Keeps it to itself. */
    WITHHELD
  }

  /** What kind of thing happened; its code is part of the digest. */
  public enum Kind {
    /** Something that is only told. */
    NOTE(1),
    /** A bundle sent across by its scheduled sender or in a resend round. */
    CROSSING(2),
    /** A bundle sent to a local peer. */
    LOCAL_COPY(3),
    ACK(4),
    ATTESTATION(5),
    CERTIFICATE(6),
    ANNOUNCEMENT(7),
    FETCH(8),
    /** A bundle is durable at a destination replica. */
    HELD(9),
    /** Bundles up to a number are quacked at a source replica. */
    QUACKED(10),
    /** A delivery was executed on a chain. */
    DELIVERED(11),
    /** A process starts. */
    STARTS(12),
    /** A process is killed. */
    KILLED(13),
    /** Another fault begins or ends. */
    FAULT(14),
    /** A bundle's certificate is durable at a source replica; only shown. */
    CERTIFIED(15),
    /** A block became final; the number is the block's, the text its bundles; only shown. */
    BLOCK(16),
    /** A chain replaces blocks; the number says how many. */
    REORG(17),
    /** A chain refuses a delivery. */
    REFUSED(18);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** No node: the event is the world's. */
  public static final int NOBODY = -1;

  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Timeline time;
  private final SimPlan plan;
  private final boolean isTraced;
  private final List<Event> events = new ArrayList<>();
  private @Nullable PeerMessage lie;
  private Lie lieKind = Lie.NONE;
  private String lieText = "";
  private long digest = 1;
  private long count;

  Story(Timeline time, SimPlan plan, boolean isTraced) {
    this.time = time;
    this.plan = plan;
    this.isTraced = isTraced;
  }

  /** In the place of a node: a side's chain. */
  public static int chain(int side) {
    return -2 - side;
  }

  /** An event that is rare and needs words. */
  void tell(int node, String text) {
    tell(Kind.NOTE, node, 0, text);
  }

  /** An event of a kind. */
  void tell(Kind kind, int node, long sequence, String text) {
    digest(kind, node, NOBODY, sequence);
    digest = (digest ^ text.hashCode()) * PRIME;
    show(kind, node, sequence, text);
  }

  /** An event that is frequent; its words follow from its kind. */
  void mark(Kind kind, int node, long sequence) {
    digest(kind, node, NOBODY, sequence);
    show(kind, node, sequence, "");
  }

  /** Something that follows from other events: only for people. */
  void show(Kind kind, int node, long sequence, String text) {
    if (isTraced) {
      long now = time.now();
      events.add(new Event(now, kind, node, NOBODY, sequence, text, Fate.ARRIVES, Lie.NONE, now));
    }
  }

  /** Whether {@link #show} does anything. */
  boolean isTraced() {
    return isTraced;
  }

  // --- messages ---

  /** A message goes out; {@link #onFate} says what becomes of it. */
  void onSend(int from, int to, PeerMessage message) {
    Kind kind = kindOf(from, to, message);
    long sequence = sequenceOf(message);
    digest(kind, from, to, sequence);
    if (isTraced) {
      boolean isLie = message.equals(lie);
      long now = time.now();
      events.add(
          new Event(
              now,
              kind,
              from,
              to,
              sequence,
              isLie ? lieText : "",
              Fate.ARRIVES,
              isLie ? lieKind : Lie.NONE,
              now));
      lie = null;
    }
  }

  /** What becomes of a message: told right after it was sent, or when it does not arrive. */
  void onFate(int from, int to, PeerMessage message, Fate fate, long until) {
    if (!isTraced || events.isEmpty()) {
      return;
    }
    Event last = events.getLast();
    if (fate == Fate.ENDED) {
      Kind kind = kindOf(from, to, message);
      long now = time.now();
      events.add(new Event(now, kind, from, to, sequenceOf(message), "", fate, Lie.NONE, until));
    } else if (fate == Fate.DUPLICATE) {
      events.add(last.with(fate, until));
    } else {
      events.set(events.size() - 1, last.with(fate, until));
    }
  }

  /** What a liar is about to say in place of what the protocol has it say; null for nothing. */
  void onSaid(int from, int to, PeerMessage meant, @Nullable PeerMessage said) {
    if (!isTraced || meant.equals(said)) {
      return;
    }
    if (said == null) {
      Kind kind = kindOf(from, to, meant);
      long now = time.now();
      events.add(
          new Event(now, kind, from, to, sequenceOf(meant), "", Fate.WITHHELD, Lie.WITHHELD, now));
      return;
    }
    boolean isSameNumber = sequenceOf(meant) == sequenceOf(said);
    expect(said, Lie.CHANGED, isSameNumber ? "" : "instead of " + sequenceOf(meant));
  }

  /** A liar is about to say something that nothing asks for. */
  void onMischief(PeerMessage said) {
    if (isTraced) {
      expect(said, Lie.UNASKED, "");
    }
  }

  private void expect(PeerMessage said, Lie kind, String text) {
    lie = said;
    lieKind = kind;
    lieText = text;
  }

  // --- digest ---

  private void digest(Kind kind, int node, int to, long sequence) {
    count++;
    long event = (time.now() << 20) ^ ((long) kind.code << 16) ^ ((long) node << 8) ^ to;
    digest = (digest ^ event ^ (sequence << 40)) * PRIME;
    digest ^= digest >>> 29;
  }

  private Kind kindOf(int from, int to, PeerMessage message) {
    return switch (message) {
      case PeerMessage.BundleMessage m ->
          plan.sideOf(from) == plan.sideOf(to) ? Kind.LOCAL_COPY : Kind.CROSSING;
      case PeerMessage.AckMessage m -> Kind.ACK;
      case PeerMessage.AttestationMessage m -> Kind.ATTESTATION;
      case PeerMessage.CertificateMessage m -> Kind.CERTIFICATE;
      case PeerMessage.AnnounceMessage m -> Kind.ANNOUNCEMENT;
      case PeerMessage.FetchMessage m -> Kind.FETCH;
      case PeerMessage.Hello m -> Kind.NOTE;
      case PeerMessage.Ping m -> Kind.NOTE;
    };
  }

  private static long sequenceOf(PeerMessage message) {
    return switch (message) {
      case PeerMessage.BundleMessage m -> m.bundle().header().sequence();
      case PeerMessage.AckMessage m -> m.ack().cumulative();
      case PeerMessage.AttestationMessage m -> m.signed().attestation().sequence();
      case PeerMessage.CertificateMessage m -> m.certificate().attestation().sequence();
      case PeerMessage.AnnounceMessage m -> m.top();
      case PeerMessage.FetchMessage m -> m.from();
      case PeerMessage.Hello m -> 0;
      case PeerMessage.Ping m -> 0;
    };
  }

  /** Equal for equal runs. */
  public long digest() {
    return digest;
  }

  /** Events so far. */
  public long count() {
    return count;
  }

  /** All events, in order; empty if the run is not traced. */
  public List<Event> events() {
    return List.copyOf(events);
  }
}
