package dev.mallard.testnet.demo;

import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Attestation;
import dev.mallard.net.PeerListener;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.wire.PeerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that nodes have told peers, over all of a node's lives, as it came out of their
 * sockets. Any thread.
 */
final class Heard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Map<ReplicaId, Said> said = new HashMap<>();

  /** What a node can say something new about. */
  enum News {
    /** It attests an own bundle that it had not attested ([CERT-1]). */
    ATTESTED,
    /** It acknowledges or passes on a bundle that it had not ([ACK-1], [RECV-2]). */
    HELD
  }

  /**
   * All that one node has said.
   *
   * @param acknowledged the highest cumulative acknowledgement
   * @param held bundles that phi-lists and broadcasts said are held
   * @param passedOn headers of those that it passed on, by number
   * @param attested own bundles that it attested, by number
   * @param sent the last own bundle that it sent across
   * @param contradictions two different statements about one bundle
   */
  record Statements(
      long acknowledged,
      NavigableSet<Long> held,
      NavigableMap<Long, BundleHeader> passedOn,
      NavigableMap<Long, Attestation> attested,
      long sent,
      List<String> contradictions) {}

  private static final class Said {
    private long acknowledged;
    private long sent;
    private final NavigableSet<Long> held = new TreeSet<>();
    private final NavigableMap<Long, BundleHeader> passedOn = new TreeMap<>();
    private final NavigableMap<Long, Attestation> attested = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();

    /** The newest bundle that it has spoken of. */
    private long newest(News about) {
      return switch (about) {
        case ATTESTED -> attested.isEmpty() ? 0 : attested.lastKey();
        case HELD -> Math.max(acknowledged, held.isEmpty() ? 0 : held.last());
      };
    }

    private void onMessage(ReplicaId speaker, PeerMessage message) {
      switch (message) {
        case PeerMessage.AttestationMessage said -> onAttestation(said.signed().attestation());
        case PeerMessage.AckMessage said -> onAck(said.ack().cumulative(), said.phi());
        case PeerMessage.BundleMessage said -> onBundle(speaker, said.bundle().header());
        default -> {
          // promises nothing about the disk
        }
      }
    }

    private void onAttestation(Attestation statement) {
      keep(attested, statement.sequence(), statement);
    }

    private void onAck(long cumulative, PhiList phi) {
      acknowledged = Math.max(acknowledged, cumulative);
      for (int offset = 0; offset < phi.length(); offset++) {
        if (phi.isHeld(offset)) {
          held.add(cumulative + 1 + offset);
        }
      }
    }

    private void onBundle(ReplicaId speaker, BundleHeader header) {
      if (header.stream().destination().equals(speaker.rsm())) {
        held.add(header.sequence());
        keep(passedOn, header.sequence(), header);
      } else {
        sent = Math.max(sent, header.sequence());
      }
    }

    private <T> void keep(Map<Long, T> statements, long sequence, T statement) {
      T before = statements.putIfAbsent(sequence, statement);
      if (before != null && !before.equals(statement)) {
        contradictions.add("first " + before + ", then " + statement);
      }
    }
  }

  /** Listens for a witness. */
  PeerListener listener() {
    return new PeerListener() {
      @Override
      public void onMessages(ReplicaId from, List<PeerMessage> messages, Runnable processed) {
        hear(from, messages);
        processed.run();
      }

      @Override
      public void onConnected(ReplicaId peer) {
        // what counts is what it says
      }

      @Override
      public void onDisconnected(ReplicaId peer) {
        // what it said stays said
      }

      @Override
      public void onFault(ReplicaId peer, PeerFault fault) {
        // no frame, no statement
      }
    };
  }

  private void hear(ReplicaId from, List<PeerMessage> messages) {
    lock.lock();
    try {
      Said speaker = said.computeIfAbsent(from, unheard -> new Said());
      messages.forEach(message -> speaker.onMessage(from, message));
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns at once when a node speaks of a bundle that it had not spoken of; false if it does not
   * in time.
   *
   * @param beyond nor of a bundle up to this one
   */
  boolean awaitNews(ReplicaId speaker, News about, long beyond, Duration limit)
      throws InterruptedException {
    lock.lock();
    try {
      long known = Math.max(beyond, newest(speaker, about));
      long left = limit.toNanos();
      while (newest(speaker, about) <= known) {
        if (left <= 0) {
          return false;
        }
        left = told.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long newest(ReplicaId speaker, News about) {
    Said statements = said.get(speaker);
    return statements == null ? 0 : statements.newest(about);
  }

  /** The newest bundle of a source that any of its replicas has attested. */
  long newestOf(RsmId source) {
    lock.lock();
    try {
      return said.keySet().stream()
          .filter(speaker -> speaker.rsm().equals(source))
          .mapToLong(speaker -> newest(speaker, News.ATTESTED))
          .max()
          .orElse(0);
    } finally {
      lock.unlock();
    }
  }

  /** What a node has said so far. */
  Statements of(ReplicaId speaker) {
    lock.lock();
    try {
      Said all = said.computeIfAbsent(speaker, unheard -> new Said());
      return new Statements(
          all.acknowledged,
          new TreeSet<>(all.held),
          new TreeMap<>(all.passedOn),
          new TreeMap<>(all.attested),
          all.sent,
          List.copyOf(all.contradictions));
    } finally {
      lock.unlock();
    }
  }
}
