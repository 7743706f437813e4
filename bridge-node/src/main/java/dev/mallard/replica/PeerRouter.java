package dev.mallard.replica;

import dev.mallard.c3b.PeerFault;
import dev.mallard.net.PeerListener;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.wire.PeerMessage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands what peers say to the stream it is about. Which kind of peer may say what is checked here:
 * local peers attest, remote ones do not; anything else is a fault of the peer.
 */
public final class PeerRouter implements PeerListener {
  private final RsmId local;
  private final PeerFaults faults;
  private @Nullable BridgeReplica bound;

  /** For a replica of one RSM; {@link #bind} follows. */
  public PeerRouter(RsmId local, PeerFaults faults) {
    this.local = local;
    this.faults = faults;
  }

  /** Once, before anything arrives: the replica needs its peers first. */
  public void bind(BridgeReplica replica) {
    bound = replica;
  }

  private BridgeReplica replica() {
    return Objects.requireNonNull(bound);
  }

  @Override
  public void onMessages(ReplicaId from, List<PeerMessage> messages, Runnable processed) {
    AtomicInteger open = new AtomicInteger(messages.size() + 1);
    Runnable done =
        () -> {
          if (open.decrementAndGet() == 0) {
            processed.run();
          }
        };
    for (PeerMessage message : messages) {
      if (!onMessage(from, message, done)) {
        done.run();
      }
    }
    done.run();
  }

  /** Whether the message was taken; then {@code done} runs once it has been worked off. */
  private boolean onMessage(ReplicaId from, PeerMessage message, Runnable done) {
    boolean fromLocal = from.rsm().equals(local);
    SourceStream source = replica().source();
    DestinationStream destination = replica().destination();
    return switch (message) {
      case PeerMessage.AttestationMessage m
          when fromLocal && m.signed().attestation().stream().equals(source.stream()) ->
          source.onAttestation(from.index(), m.signed(), done);
      case PeerMessage.CertificateMessage m
          when fromLocal && m.certificate().attestation().stream().equals(source.stream()) ->
          source.onCertificate(from.index(), m.certificate(), done);
      case PeerMessage.AckMessage m when !fromLocal && m.ack().stream().equals(source.stream()) ->
          source.onAck(from.index(), m, done);
      case PeerMessage.BundleMessage m
          when m.bundle().header().stream().equals(destination.stream()) ->
          destination.onBundle(from, fromLocal, m, done);
      case PeerMessage.AnnounceMessage m
          when !fromLocal && m.stream().equals(destination.stream()) ->
          destination.onAnnounce(from.index(), m.top(), m.quacked(), done);
      case PeerMessage.FetchMessage m when fromLocal && m.stream().equals(destination.stream()) ->
          destination.onFetch(from.index(), m.from(), m.count(), done);
      case PeerMessage.Ping p -> false;
      default -> {
        faults.count(from, PeerFault.UNKNOWN_STREAM);
        yield false;
      }
    };
  }

  @Override
  public void onConnected(ReplicaId peer) {
    if (peer.rsm().equals(local)) {
      replica().source().onLocalPeerConnected(peer.index());
    }
  }

  @Override
  public void onDisconnected(ReplicaId peer) {
    // the transport says who is connected; the protocol needs no more
  }

  @Override
  public void onFault(ReplicaId peer, PeerFault fault) {
    faults.count(peer, fault);
  }
}
