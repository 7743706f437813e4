package dev.mallard.net;

import dev.mallard.c3b.PeerFault;
import dev.mallard.wire.DecodedFrame;
import dev.mallard.wire.FrameCodec;
import dev.mallard.wire.PeerMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.tuweni.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a peer that TLS has authenticated, from the first Hello to the end. Runs on
 * its socket's event loop but for {@link #sendSoon} and {@link #closeSoon}.
 */
final class PeerConnection implements FrameIntake.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerConnection.class);

  /** Where a connection stands; only ever forward. */
  private enum State {
    /** This node's Hello is sent, the peer's is awaited. */
    GREETING,
    /** Messages flow. */
    UP,
    /** Over; whatever still arrives is ignored. */
    CLOSED
  }

  /** What all connections of a node share. */
  record Setting(Greeting greeting, FrameCodec codec, NetLimits limits, int inboundBytesMax) {}

  private final NetSocketInternal socket;
  private final EventLoop loop;
  private final PeerLink link;
  private final Setting setting;
  private final FrameIntake intake = new FrameIntake(this);
  private final FrameOutlet outlet;
  private final InboundPressure pressure;
  private final MessageRate rate;
  private final long startNanos = System.nanoTime();
  private final Runnable onGreeted;
  private State state = State.GREETING;
  private long readNanos = startNanos;

  /** No deadline can end before: reading and sending only put them off. */
  private volatile long nextLookNanos = startNanos;

  /**
   * Takes a socket over, TLS on it done, and says hello.
   *
   * @param onGreeted run once the peer has said a fitting Hello
   */
  PeerConnection(NetSocketInternal socket, PeerLink link, Setting setting, Runnable onGreeted) {
    this.socket = socket;
    this.loop = socket.channelHandlerContext().channel().eventLoop();
    this.link = link;
    this.setting = setting;
    this.onGreeted = onGreeted;
    NetLimits limits = setting.limits();
    outlet = new FrameOutlet(socket, setting.codec(), link.queue(), limits.outbound());
    pressure = new InboundPressure(setting.inboundBytesMax(), this::resumeSoon);
    rate =
        new MessageRate(
            limits.inbound().messagesPerSecond(), limits.inbound().burstMessages(), startNanos);
  }

  /** Sends the Hello and starts to read. */
  void start() {
    socket.messageHandler(this::onSocketMessage);
    outlet.sendFirst(setting.greeting().hello());
  }

  PeerLink link() {
    return link;
  }

  /** Something was queued for the peer. Any thread. */
  void sendSoon() {
    outlet.sendSoon();
  }

  /** Ends the connection. Any thread. */
  void closeSoon(String reason) {
    loop.execute(() -> close(reason));
  }

  boolean isUp() {
    return state == State.UP;
  }

  /** How long it has been there. */
  long ageNanos() {
    return System.nanoTime() - startNanos;
  }

  /** Looks at the deadlines, if one may have ended. Any thread. */
  void onSweep() {
    if (System.nanoTime() - nextLookNanos >= 0) {
      loop.execute(() -> checkDeadlines(System.nanoTime()));
    }
  }

  /** TLS or TCP failed; before the Hello that is how a peer says no. */
  void onSocketError(Throwable error) {
    close(TlsFailure.reason(error));
  }

  /** The socket is closed, by whomever. */
  void onSocketClosed() {
    close(
        state == State.UP
            ? "the peer closed the connection"
            : "the peer ended the connection before its Hello; its log may say why");
  }

  private void checkDeadlines(long nowNanos) {
    NetLimits.Deadlines deadlines = setting.limits().deadlines();
    if (state == State.CLOSED) {
      return;
    }
    if (state == State.GREETING && isLonger(nowNanos - startNanos, deadlines.helloMillis())) {
      close("no Hello within " + deadlines.helloMillis() + " ms");
    } else if (isLonger(intake.partialNanos(nowNanos), deadlines.partialFrameMillis())) {
      close("a frame took longer than " + deadlines.partialFrameMillis() + " ms");
    } else if (!intake.isPaused() && isLonger(nowNanos - readNanos, deadlines.silenceMillis())) {
      close("silent for " + deadlines.silenceMillis() + " ms");
    } else if (state == State.UP && isLonger(outlet.idleNanos(nowNanos), deadlines.pingMillis())) {
      link.send(new PeerMessage.Ping());
    }
    nextLookNanos = nowNanos + untilNextNanos(nowNanos);
  }

  /** The time that the nearest deadline leaves; a frame may begin to arrive at any moment. */
  private long untilNextNanos(long nowNanos) {
    NetLimits.Deadlines deadlines = setting.limits().deadlines();
    long greeting =
        state == State.GREETING
            ? left(deadlines.helloMillis(), nowNanos - startNanos)
            : Long.MAX_VALUE;
    long frame = left(deadlines.partialFrameMillis(), intake.partialNanos(nowNanos));
    long silence = left(deadlines.silenceMillis(), nowNanos - readNanos);
    long ping = left(deadlines.pingMillis(), outlet.idleNanos(nowNanos));
    return Math.min(Math.min(greeting, frame), Math.min(silence, ping));
  }

  private static long left(int millis, long passedNanos) {
    return TimeUnit.MILLISECONDS.toNanos(millis) - passedNanos;
  }

  private static boolean isLonger(long nanos, int millis) {
    return nanos > TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void onSocketMessage(Object message) {
    if (state != State.CLOSED && message instanceof ByteBuf bytes) {
      readNanos = System.nanoTime();
      intake.onBytes(bytes, readNanos);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public int frameBytesMax() {
    return state == State.GREETING
        ? setting.limits().wire().helloFrameBytesMax()
        : setting.limits().wire().frameBytesMax();
  }

  @Override
  public void onBadLength(int lengthBytes) {
    fault(PeerFault.BAD_FRAME, "a frame of " + Integer.toUnsignedString(lengthBytes) + " bytes");
  }

  @Override
  public void onFrame(Bytes content) {
    switch (setting.codec().decode(content)) {
      case DecodedFrame.Malformed(String reason) -> fault(PeerFault.BAD_FRAME, reason);
      case DecodedFrame.Decoded(List<PeerMessage> messages) -> {
        if (state == State.GREETING) {
          onGreeting(messages);
        } else {
          onMessages(messages, content.size());
        }
      }
    }
  }

  private void onGreeting(List<PeerMessage> messages) {
    if (messages.size() != 1 || !(messages.getFirst() instanceof PeerMessage.Hello hello)) {
      fault(PeerFault.BAD_FRAME, "it did not begin with a Hello");
      return;
    }
    Optional<String> problem = setting.greeting().checkHello(hello, link.id());
    if (problem.isPresent()) {
      close(problem.get());
      return;
    }
    state = State.UP;
    link.onSeen();
    onGreeted.run();
    link.onUp(this);
  }

  private void onMessages(List<PeerMessage> messages, int sizeBytes) {
    if (!rate.isWithin(messages.size(), readNanos)) {
      fault(PeerFault.FLOOD, "more than " + setting.limits().inbound().messagesPerSecond() + "/s");
      return;
    }
    if (messages.stream().anyMatch(PeerMessage.Hello.class::isInstance)) {
      fault(PeerFault.BAD_FRAME, "a second Hello");
      return;
    }
    link.onSeen();
    List<PeerMessage> content =
        messages.stream().filter(message -> !(message instanceof PeerMessage.Ping)).toList();
    if (!content.isEmpty()) {
      handOver(content, sizeBytes);
    }
  }

  private void handOver(List<PeerMessage> messages, int sizeBytes) {
    Runnable processed = pressure.add(sizeBytes);
    try {
      link.onMessages(messages, processed);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("peer", link.id()).setCause(e).log("a bug: messages were lost");
      processed.run();
    }
    if (pressure.isHigh()) {
      intake.pause();
      socket.pause();
      if (pressure.isRelieved()) {
        resumeSoon();
      }
    }
  }

  private void resumeSoon() {
    loop.execute(this::resume);
  }

  private void resume() {
    if (state == State.CLOSED || !intake.isPaused() || !pressure.isRelieved()) {
      return;
    }
    readNanos = System.nanoTime();
    intake.resume(readNanos);
    if (!intake.isPaused() && state != State.CLOSED) {
      socket.resume();
    }
  }

  private void fault(PeerFault fault, String reason) {
    link.onFault(fault, reason, System.nanoTime());
    close(reason);
  }

  private void close(String reason) {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    intake.close();
    outlet.close();
    link.onDown(this);
    link.onError(reason);
    LOG.atDebug().addKeyValue("peer", link.id()).log("connection closed: {}", reason);
    var _ = socket.close();
  }
}
