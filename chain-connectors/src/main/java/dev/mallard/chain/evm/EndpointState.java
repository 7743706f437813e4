package dev.mallard.chain.evm;

import dev.mallard.chain.ChainHealth;
import dev.mallard.stake.RsmId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * What the pool remembers of one endpoint: whether it serves the right chain, and how it fared
 * lately. Whatever follows a failure may be another node: its chain id is asked again.
 */
final class EndpointState {
  private static final int DOUBLINGS_MAX = 16;
  private static final Duration WARN_PAUSE = Duration.ofSeconds(30);

  private final RpcEndpoint endpoint;
  private final RsmId chain;
  private final RpcLimits limits;

  private boolean chainChecked;
  private int failuresInARow;
  private long failures;
  private String lastError = "";
  private Instant restsUntil = Instant.MIN;
  private Instant quietUntil = Instant.MIN;

  EndpointState(RpcEndpoint endpoint, RsmId chain, RpcLimits limits) {
    this.endpoint = endpoint;
    this.chain = chain;
    this.limits = limits;
  }

  String name() {
    return endpoint.name();
  }

  <T> T read(RpcPool.Reading<T> reading) throws EndpointFaultException {
    if (!isChainChecked()) {
      checkChain();
    }
    return reading.from(endpoint);
  }

  private void checkChain() throws EndpointFaultException {
    BigInteger served = endpoint.ask(RpcCall.chainId()).object("the chain id").asQuantity();
    if (!served.equals(BigInteger.valueOf(chain.value()))) {
      throw new EndpointFaultException(
          "serves chain " + served + ", not " + chain + ": correct this RPC URL");
    }
    onChainChecked();
  }

  private synchronized boolean isChainChecked() {
    return chainChecked;
  }

  private synchronized void onChainChecked() {
    chainChecked = true;
  }

  synchronized boolean isRested(Instant now) {
    return !now.isBefore(restsUntil);
  }

  synchronized void onSuccess() {
    failuresInARow = 0;
    lastError = "";
    restsUntil = Instant.MIN;
  }

  /** Whether it is time to warn: not every failure is worth a line. */
  synchronized boolean onFailure(EndpointFaultException fault, Instant now) {
    Duration rest = limits.backoffMin().multipliedBy(1L << Math.min(failuresInARow, DOUBLINGS_MAX));
    Duration bounded = rest.compareTo(limits.backoffMax()) < 0 ? rest : limits.backoffMax();
    restsUntil = now.plus(bounded);
    chainChecked = false;
    failuresInARow++;
    failures++;
    lastError = String.valueOf(fault.getMessage());
    boolean warn = !now.isBefore(quietUntil);
    quietUntil = warn ? now.plus(WARN_PAUSE) : quietUntil;
    return warn;
  }

  synchronized ChainHealth.Endpoint row(boolean active) {
    return new ChainHealth.Endpoint(name(), active, failures, lastError);
  }
}
