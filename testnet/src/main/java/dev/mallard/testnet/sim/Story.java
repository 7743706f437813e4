package dev.mallard.testnet.sim;

import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a run: a digest always, and on demand every event, for people.
 *
 * <p>Two runs of one plan have the same digest, on any machine.
 */
public final class Story {
  /** Something that happened; a message if {@code to} is a node. */
  public record Event(long at, Kind kind, int node, int to, long sequence, String text) {}

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
    /** Bundles up to a number are durable at a destination replica. */
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
    FAULT(14);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** No node: the event is the world's, or a chain's. */
  public static final int NOBODY = -1;

  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Timeline time;
  private final SimPlan plan;
  private final boolean isTraced;
  private final List<Event> events = new ArrayList<>();
  private long digest = 1;
  private long count;

  Story(Timeline time, SimPlan plan, boolean isTraced) {
    this.time = time;
    this.plan = plan;
    this.isTraced = isTraced;
  }

  /** An event that is rare and needs words. */
  void tell(int node, String text) {
    tell(Kind.NOTE, node, 0, text);
  }

  /** An event of a kind. */
  void tell(Kind kind, int node, long sequence, String text) {
    digest(kind, node, NOBODY, sequence);
    digest = (digest ^ text.hashCode()) * PRIME;
    if (isTraced) {
      events.add(new Event(time.now(), kind, node, NOBODY, sequence, text));
    }
  }

  /** An event that is frequent; its words follow from its kind. */
  void mark(Kind kind, int node, long sequence) {
    digest(kind, node, NOBODY, sequence);
    if (isTraced) {
      events.add(new Event(time.now(), kind, node, NOBODY, sequence, ""));
    }
  }

  /** A message goes out. */
  void onSend(int from, int to, PeerMessage message) {
    Kind kind = kindOf(from, to, message);
    long sequence = sequenceOf(message);
    digest(kind, from, to, sequence);
    if (isTraced) {
      events.add(new Event(time.now(), kind, from, to, sequence, ""));
    }
  }

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
