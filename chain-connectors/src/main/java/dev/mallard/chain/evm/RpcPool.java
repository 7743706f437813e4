package dev.mallard.chain.evm;

import dev.mallard.chain.ChainHealth;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.stake.RsmId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of one chain. A reading runs against one endpoint from beginning to end; a fault
 * hands it to the next. The one that answered last stays in use; one that failed rests for a while,
 * longer each time, unless it is the only one. Thread-safe.
 */
final class RpcPool {
  /** Times that a block which no endpoint knows yet is asked for. */
  private static final int ROUNDS_MAX = 4;

  private static final long ROUND_PAUSE_MILLIS = 150;
  private static final Logger LOG = LoggerFactory.getLogger(RpcPool.class);

  private final RsmId chain;
  private final InstantSource clock;
  private final List<EndpointState> endpoints;
  private final AtomicLong suspectReads = new AtomicLong();
  private volatile EndpointState active;

  RpcPool(RsmId chain, List<RpcEndpoint> endpoints, RpcLimits limits, InstantSource clock) {
    this.chain = chain;
    this.clock = clock;
    this.endpoints = endpoints.stream().map(e -> new EndpointState(e, chain, limits)).toList();
    this.active = this.endpoints.getFirst();
  }

  /** Whether there is another endpoint to turn to. */
  boolean hasAlternatives() {
    return endpoints.size() > 1;
  }

  /** Something to find out from one endpoint, checked before it is returned. */
  @FunctionalInterface
  interface Reading<T> {
    T from(RpcEndpoint endpoint) throws EndpointFaultException;
  }

  /**
   * Tries the endpoints until one satisfies the reading.
   *
   * @param what completes "could not read …"
   * @throws ChainUnavailableException when none does; its cause is the gravest fault
   */
  <T> T read(String what, Reading<T> reading) throws ChainUnavailableException {
    Map<EndpointState, EndpointFaultException> faults = new LinkedHashMap<>();
    List<EndpointState> candidates = usable();
    for (int round = 1; !candidates.isEmpty(); round++) {
      List<EndpointState> behind = new ArrayList<>();
      for (EndpointState endpoint : candidates) {
        try {
          T answer = endpoint.read(reading);
          useFromNowOn(endpoint);
          return answer;
        } catch (EndpointFaultException.BlockUnknown notYet) {
          faults.put(endpoint, notYet);
          behind.add(endpoint);
        } catch (EndpointFaultException fault) {
          faults.put(endpoint, fault);
          countFailure(endpoint, what, fault);
        }
      }
      candidates = round < ROUNDS_MAX && pause() ? behind : List.of();
      if (candidates.isEmpty()) {
        behind.forEach(e -> e.onFailure(faults.getOrDefault(e, interrupted()), clock.instant()));
      }
    }
    throw unavailable(what, faults);
  }

  /** Endpoints to try, in order: the active one, the rested ones; never none. */
  private List<EndpointState> usable() {
    List<EndpointState> order = new ArrayList<>(endpoints.size());
    EndpointState first = active;
    order.add(first);
    endpoints.stream().filter(e -> e != first).forEach(order::add);
    List<EndpointState> rested = order.stream().filter(e -> e.isRested(clock.instant())).toList();
    return rested.isEmpty() ? order : rested;
  }

  private void useFromNowOn(EndpointState endpoint) {
    endpoint.onSuccess();
    if (active != endpoint) {
      LOG.info("chain {}: now using {}", chain, endpoint.name());
      active = endpoint;
    }
  }

  private void countFailure(EndpointState endpoint, String what, EndpointFaultException fault) {
    if (isSuspect(fault)) {
      suspectReads.incrementAndGet();
    }
    boolean warn = endpoint.onFailure(fault, clock.instant());
    LOG.atLevel(warn ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
        .log(
            "chain {}: {} failed to read {}: {}; trying on",
            chain,
            endpoint.name(),
            what,
            fault.getMessage());
  }

  private static boolean isSuspect(EndpointFaultException fault) {
    return fault instanceof EndpointFaultException.Suspect
        || fault instanceof EndpointFaultException.Forked;
  }

  private ChainUnavailableException unavailable(
      String what, Map<EndpointState, EndpointFaultException> faults) {
    StringBuilder message =
        new StringBuilder("chain ").append(chain).append(": could not read ").append(what);
    faults.forEach((endpoint, fault) ->
        message.append("; ").append(endpoint.name()).append(": ").append(fault.getMessage()));
    message.append(". Check the chain's node, or add another RPC URL");
    return new ChainUnavailableException(message.toString(), gravest(faults));
  }

  /** Contradiction before a unanimous fork, that before silence. */
  private static EndpointFaultException gravest(Map<EndpointState, EndpointFaultException> faults) {
    EndpointFaultException gravest = interrupted();
    for (EndpointFaultException fault : faults.values()) {
      if (fault instanceof EndpointFaultException.Suspect) {
        return fault;
      }
      gravest = gravest instanceof EndpointFaultException.Forked ? gravest : fault;
    }
    return gravest;
  }

  private static EndpointFaultException interrupted() {
    return new EndpointFaultException("not tried");
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(ROUND_PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  ChainHealth health() {
    EndpointState inUse = active;
    return new ChainHealth(
        endpoints.stream().map(e -> e.row(e == inUse)).toList(), suspectReads.get());
  }
}
