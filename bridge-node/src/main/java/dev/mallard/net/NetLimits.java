package dev.mallard.net;

import dev.mallard.wire.WireLimits;

/** Every limit of the network, in groups. */
public record NetLimits(
    WireLimits wire,
    Deadlines deadlines,
    Admission admission,
    Outbound outbound,
    Inbound inbound,
    Retry retry) {

  /** Good for tens of peers a side, and for as many nodes on one machine. */
  public static NetLimits defaults() {
    return new NetLimits(
        WireLimits.defaults(),
        new Deadlines(5_000, 5_000, 5_000, 30_000, 15_000, 35_000, 1_000),
        new Admission(256, 64),
        new Outbound(16 << 20, 64L << 20, 16_384, 64 << 10, 512 << 10),
        new Inbound(8 << 20, 64L << 20, 100_000, 200_000),
        new Retry(100, 5_000, 10_000, 1_000, 60_000));
  }

  public NetLimits {
    checkOrder("outbound.frameBytes", outbound.frameBytes, "frameBytesMax", wire.frameBytesMax());
    checkOrder(
        "frameBytesMax", wire.frameBytesMax(), "outbound.peerBytesMax", outbound.peerBytesMax);
    checkOrder("frameBytesMax", wire.frameBytesMax(), "inbound.peerBytesMax", inbound.peerBytesMax);
    checkOrder("frameMessagesMax", wire.frameMessagesMax(), "inbound.burst", inbound.burstMessages);
  }

  /**
   * Bytes that may wait for one of so many peers: its share of the total, and a whole frame at
   * least.
   */
  int outboundBytes(int peers) {
    return share(outbound.peerBytesMax, outbound.totalBytesMax, peers);
  }

  /** Bytes that may be worked on for one of so many peers before its socket is paused. */
  int inboundBytes(int peers) {
    return share(inbound.peerBytesMax, inbound.totalBytesMax, peers);
  }

  private int share(int peerMax, long totalMax, int peers) {
    return (int) Math.max(wire.frameBytesMax(), Math.min(peerMax, totalMax / Math.max(1, peers)));
  }

  private static void checkOrder(String name, long value, String aboveName, long above) {
    if (value < 1 || value > above) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be from 1 to " + aboveName + ", which is " + above);
    }
  }

  private static void checkPositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be positive");
    }
  }

  /**
   * How long things may take.
   *
   * @param connectMillis until TCP has connected
   * @param handshakeMillis until TLS is up
   * @param helloMillis from there until the peer has said hello
   * @param partialFrameMillis from a frame's first byte to its last
   * @param pingMillis without anything sent, then a ping is
   * @param silenceMillis without anything received, then the peer counts as gone
   * @param sweepMillis between looks at the above: one timer for all connections
   */
  public record Deadlines(
      int connectMillis,
      int handshakeMillis,
      int helloMillis,
      int partialFrameMillis,
      int pingMillis,
      int silenceMillis,
      int sweepMillis) {
    public Deadlines {
      checkPositive("connectMillis", connectMillis);
      checkPositive("handshakeMillis", handshakeMillis);
      checkPositive("helloMillis", helloMillis);
      checkPositive("partialFrameMillis", partialFrameMillis);
      checkOrder("pingMillis x 2", 2L * pingMillis, "silenceMillis", silenceMillis);
      checkOrder("sweepMillis", sweepMillis, "pingMillis", pingMillis);
    }
  }

  /**
   * Connections that have not said who they are; further ones are closed at once.
   *
   * @param connectionsMax in all
   * @param perAddressMax from one source address; several nodes may live behind one
   */
  public record Admission(int connectionsMax, int perAddressMax) {
    public Admission {
      checkOrder("perAddressMax", perAddressMax, "connectionsMax", connectionsMax);
    }
  }

  /**
   * What waits to be sent.
   *
   * @param peerBytesMax for one peer; further messages are dropped
   * @param totalBytesMax for all peers: each has an equal share
   * @param peerMessagesMax for one peer
   * @param frameBytes frames are filled up to this; a larger message has its own
   * @param inFlightBytes handed to one socket and not yet taken by the kernel; then filling frames
   *     pauses
   */
  public record Outbound(
      int peerBytesMax,
      long totalBytesMax,
      int peerMessagesMax,
      int frameBytes,
      int inFlightBytes) {
    public Outbound {
      checkOrder("peerBytesMax", peerBytesMax, "totalBytesMax", totalBytesMax);
      checkPositive("peerMessagesMax", peerMessagesMax);
      checkPositive("inFlightBytes", inFlightBytes);
    }
  }

  /**
   * What was received and not yet worked off.
   *
   * @param peerBytesMax of one peer; then its socket is paused
   * @param totalBytesMax of all peers: each has an equal share
   * @param messagesPerSecond more in the long run is a flood
   * @param burstMessages more at once is a flood
   */
  public record Inbound(
      int peerBytesMax, long totalBytesMax, int messagesPerSecond, int burstMessages) {
    public Inbound {
      checkOrder("peerBytesMax", peerBytesMax, "totalBytesMax", totalBytesMax);
      checkPositive("messagesPerSecond", messagesPerSecond);
    }
  }

  /**
   * When to try again.
   *
   * @param millisMin after the first failure; doubles from there
   * @param millisMax back-off ends here
   * @param stableMillis a connection that lasted so long starts back-off anew
   * @param penaltyMillisMin a peer that broke the rules is left alone so long; doubles with each
   *     time
   * @param penaltyMillisMax penalties end here
   */
  public record Retry(
      int millisMin, int millisMax, int stableMillis, int penaltyMillisMin, int penaltyMillisMax) {
    public Retry {
      checkOrder("retry.millisMin", millisMin, "retry.millisMax", millisMax);
      checkPositive("stableMillis", stableMillis);
      checkOrder("penaltyMillisMin", penaltyMillisMin, "penaltyMillisMax", penaltyMillisMax);
    }
  }
}
