package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.store.StoreWrite;
import java.util.ArrayDeque;

/**
 * How often one source replica may announce ([SEND-3]) and attest ([CERT-1]) without faults, by
 * what it went through.
 */
final class SourcePace {
  /** The certifier's pauses between two tellings of what lacks stake: they double. */
  private static final long RETELL_MILLIS_MIN = 500;

  private static final long RETELL_MILLIS_MAX = 8_000;

  /** Both ends of a connection are told of it by both. */
  private static final int TELLINGS_OF_A_CONNECTION = 2;

  private final long announceMillis;
  private final long heartbeatMillis;
  private final long[] connectedBy;
  private final long connectMillis;
  private final ArrayDeque<Long> builtAt = new ArrayDeque<>();
  private long outstandingSince = -1;
  private long sweeps;
  private long quacked;
  private long quackGrowths;
  private long busySince;
  private long busyBundles;
  private long built;
  private long certified;
  private long retold;

  /**
   * @param connectedAt when everybody hears that everybody is there
   * @param connectMillis how long that takes to be heard
   */
  SourcePace(C3bParameters c3b, long[] connectedAt, long connectMillis) {
    this.announceMillis = c3b.announceMillis();
    this.heartbeatMillis = c3b.heartbeatMillis();
    this.connectedBy = connectedAt.clone();
    this.connectMillis = connectMillis;
  }

  /** The replica has made a step and knows bundles certified and quacked. */
  void onStep(long top, long nowQuacked, long now) {
    if (nowQuacked > quacked) {
      quacked = nowQuacked;
      quackGrowths++;
    }
    if (top > quacked && outstandingSince < 0) {
      outstandingSince = now;
    } else if (top == quacked && outstandingSince >= 0) {
      sweeps += (now - outstandingSince) / announceMillis;
      outstandingSince = -1;
    }
  }

  /** A bundle of its own, a certificate, or a quack of several is durable. */
  void onDurable(StoreWrite write, long now) {
    switch (write) {
      case StoreWrite.Outbound made when made.header().sequence() > built -> {
        if (built <= certified) {
          busySince = now;
          busyBundles = 0;
        }
        built = made.header().sequence();
        busyBundles++;
        builtAt.add(now);
      }
      case StoreWrite.OutboundCertified made ->
          onCertified(made.certificate().attestation().sequence(), now);
      case StoreWrite.QuackFrontier made -> onCertified(made.quacked(), now);
      default -> {}
    }
  }

  private void onCertified(long sequence, long now) {
    boolean wasBusy = built > certified;
    while (certified < sequence) {
      certified++;
      Long since = builtAt.poll();
      if (since != null) {
        onSettled(since, now);
      }
    }
    if (wasBusy && built <= certified) {
      retold += busyBundles * retellings(now - busySince);
    }
  }

  private void onSettled(long since, long now) {
    for (long at : connectedBy) {
      if (since <= at + connectMillis && now >= at) {
        retold += TELLINGS_OF_A_CONNECTION;
      }
    }
  }

  private static long retellings(long millis) {
    long doublings = 63L - Long.numberOfLeadingZeros(1 + millis / RETELL_MILLIS_MIN);
    return doublings + millis / RETELL_MILLIS_MAX;
  }

  /**
   * Announcements to one destination replica: one at the start, one for each silence in which
   * something waits for its quack, and answers to acks that show how far it lags.
   *
   * @param laggingAcks of that replica
   */
  long announcementsMax(long laggingAcks, long now) {
    long doublings = 64L - Long.numberOfLeadingZeros(heartbeatMillis / announceMillis);
    long answers = (quackGrowths + 1) * (1 + doublings) + now / heartbeatMillis;
    return 1 + sweeps + Math.min(laggingAcks, answers);
  }

  /**
   * Attestations to one local peer: each once, and again at growing pauses while it lacks stake,
   * and at connecting.
   */
  long attestationsMax(long bundles) {
    return bundles + retold;
  }
}
