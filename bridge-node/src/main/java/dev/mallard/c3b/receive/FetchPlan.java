package dev.mallard.c3b.receive;

import dev.mallard.c3b.StateSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which local peer to ask for which missing bundles ([GC-2]): a few requests at a time, each to
 * another peer, the next peers' turn when one does not answer.
 */
public final class FetchPlan {
  /** Requests under way at once. */
  public static final int REQUESTS_MAX = 4;

  /** A request: bundles {@code from .. from+count-1}. */
  public record Request(int peer, long from, int count, long expiresAt) {}

  private final int peers;
  private final int self;
  private final int batchBundles;
  private final long patienceMillisMin;
  private final long patienceMillisMax;
  private final List<Request> requests = new ArrayList<>();
  private int nextPeer;
  private long patienceMillis;

  /**
   * @param peers replicas of this RSM, this one included
   * @param batchBundles bundles one request asks for at most
   */
  public FetchPlan(
      int peers, int self, int batchBundles, long patienceMillisMin, long patienceMillisMax) {
    this.peers = peers;
    this.self = self;
    this.batchBundles = batchBundles;
    this.patienceMillisMin = patienceMillisMin;
    this.patienceMillisMax = patienceMillisMax;
    this.nextPeer = self;
    this.patienceMillis = patienceMillisMin;
  }

  /** Bundles arrive: peers are given the usual time again. */
  public void onProgress() {
    patienceMillis = patienceMillisMin;
  }

  /** Requests under way. */
  public int size() {
    return requests.size();
  }

  /**
   * Finds the next request to make, and remembers it.
   *
   * @param from first bundle that may be missing
   * @param to last bundle to fetch
   * @param isMissing whether a bundle is neither held nor on its way to the disk
   */
  public @Nullable Request next(long now, long from, long to, LongPredicate isMissing) {
    retire(now, isMissing);
    if (peers < 2 || requests.size() >= Math.min(REQUESTS_MAX, peers - 1)) {
      return null;
    }
    long start = from;
    while (start <= to && (!isMissing.test(start) || isAsked(start))) {
      start++;
    }
    if (start > to) {
      return null;
    }
    int count = 1;
    while (count < batchBundles && isWanted(start + count, to, isMissing)) {
      count++;
    }
    Request request = new Request(freePeer(), start, count, now + patienceMillis);
    requests.add(request);
    return request;
  }

  private boolean isWanted(long sequence, long to, LongPredicate isMissing) {
    return sequence <= to && isMissing.test(sequence) && !isAsked(sequence);
  }

  private boolean isAsked(long sequence) {
    return requests.stream().anyMatch(r -> sequence >= r.from() && sequence < r.from() + r.count());
  }

  private int freePeer() {
    do {
      nextPeer = (nextPeer + 1) % peers;
    } while (nextPeer == self || requests.stream().anyMatch(r -> r.peer() == nextPeer));
    return nextPeer;
  }

  /** Forgets requests that are answered, and those that have waited long enough. */
  private void retire(long now, LongPredicate isMissing) {
    requests.removeIf(request -> isAnswered(request, isMissing));
    if (requests.removeIf(request -> now >= request.expiresAt())) {
      patienceMillis = Math.min(2 * patienceMillis, patienceMillisMax);
    }
  }

  private static boolean isAnswered(Request request, LongPredicate isMissing) {
    for (int i = 0; i < request.count(); i++) {
      if (isMissing.test(request.from() + i)) {
        return false;
      }
    }
    return true;
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink, long now) {
    sink.put(requests.size());
    for (Request request : requests) {
      sink.put(request.peer());
      sink.put(request.from());
      sink.put(request.count());
      sink.put(Math.max(0, request.expiresAt() - now));
    }
    sink.put(nextPeer);
    sink.put(patienceMillis);
  }
}
