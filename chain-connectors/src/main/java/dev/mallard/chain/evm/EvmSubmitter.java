package dev.mallard.chain.evm;

import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.stake.BridgeAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings deliveries of one stream into the Inbox ([DLV-3]): simulates, signs, sends, follows, and
 * raises the fee of what does not get in. Submitting twice is harmless: the Inbox refuses what it
 * has, and a transaction whose sending went unanswered is looked for before another is signed.
 */
final class EvmSubmitter implements DeliverySubmitter {
  private static final int ATTEMPTS_MAX = 4;
  private static final Logger LOG = LoggerFactory.getLogger(EvmSubmitter.class);

  private final RpcPool pool;
  private final BridgeAddress inbox;
  private final SenderAccount account;
  private final DeliveryGas gasModel;
  private final FeeOptions options;
  private final FeePolicy policy;
  private final FlightCheck flightCheck;
  private final ContractErrors errors = new ContractErrors();
  private @Nullable Flight flight;

  EvmSubmitter(
      RpcPool pool,
      BridgeAddress inbox,
      SenderAccount account,
      DeliveryGas gasModel,
      FeeOptions options) {
    this.pool = pool;
    this.inbox = inbox;
    this.account = account;
    this.gasModel = gasModel;
    this.options = options;
    this.policy = new FeePolicy(options);
    this.flightCheck = new FlightCheck(pool, account.address());
  }

  @Override
  public synchronized Submission submit(Delivery delivery) throws ChainUnavailableException {
    long gas = Math.min(gasModel.gasLimit(delivery), options.gasMax());
    String data = BridgeAbi.deliver(delivery);
    synchronized (account) {
      return submit(data, gas);
    }
  }

  private Submission submit(String data, long gas) throws ChainUnavailableException {
    Optional<Fees> refused = Optional.empty();
    RpcAnswer said = new RpcAnswer.Failure(0, "not sent", "");
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      Optional<Submission> earlier = earlierAttempt(data);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      Preflight preflight = preflight(data, gas);
      if (preflight.refusal().isPresent()) {
        return preflight.refusal().get();
      }
      Fees fees = refused.flatMap(f -> policy.raise(f, preflight.fees())).orElse(preflight.fees());
      SenderAccount.Signed signed = account.sign(inbox, data, preflight.nonce(), gas, fees);
      flight = new Flight(data, gas, signed, preflight.block());
      said = send(signed);
      SendVerdict verdict = SendVerdict.of(said);
      if (verdict == SendVerdict.ACCEPTED) {
        account.onAccepted(this, signed);
        return flight.current();
      }
      if (said instanceof RpcAnswer.Failure failure && verdict == SendVerdict.CANNOT_PAY) {
        end(true);
        return new Submission.CannotPay(failure.message());
      }
      refused = verdict == SendVerdict.UNDERPRICED ? Optional.of(fees) : Optional.empty();
    }
    throw new ChainUnavailableException(
        "the chain took no transaction of account " + account.address() + ": " + said);
  }

  private Preflight preflight(String data, long gas) throws ChainUnavailableException {
    return pool.read(
        "what the Inbox says to a delivery",
        rpc -> Preflight.read(rpc, account, inbox, data, gas, policy, errors));
  }

  /**
   * A delivery whose sending went unanswered, or was answered with an error, may have arrived all
   * the same.
   */
  private Optional<Submission> earlierAttempt(String data) throws ChainUnavailableException {
    Flight before = flight;
    if (before == null || !before.data().equals(data)) {
      return Optional.empty();
    }
    if (flightCheck.look(before.hashes()).isKnown()) {
      account.onAccepted(this, before.newest());
      return Optional.of(before.current());
    }
    end(true);
    return Optional.empty();
  }

  private RpcAnswer send(SenderAccount.Signed signed) throws ChainUnavailableException {
    RpcCall call = new RpcCall("eth_sendRawTransaction", List.of(signed.raw()));
    return pool.read("the answer to a transaction", endpoint -> endpoint.ask(call));
  }

  @Override
  public synchronized SubmissionStatus check(Submission.Sent sent)
      throws ChainUnavailableException {
    Flight now = flight;
    return now != null && now.carries(sent.transaction()) ? follow(now) : lookFor(sent);
  }

  /** A transaction of an earlier run: it can be looked for, not replaced. */
  private SubmissionStatus lookFor(Submission.Sent sent) throws ChainUnavailableException {
    FlightCheck.Sight sight = flightCheck.look(List.of(sent.transaction()));
    if (sight.mined().isPresent()) {
      return sight.mined().get();
    }
    return sight.isPooled() ? new SubmissionStatus.Pending(sent) : new SubmissionStatus.Dropped();
  }

  private SubmissionStatus follow(Flight now) throws ChainUnavailableException {
    FlightCheck.Sight sight = flightCheck.look(now.hashes());
    if (sight.mined().isPresent()) {
      end(false);
      return sight.mined().get();
    }
    if (!sight.isPooled() || sight.minedCount() > now.nonce()) {
      return missed(now);
    }
    now.onSeen();
    if (now.isBumpDue(sight.price().block(), options.bumpAfterBlocks())) {
      bump(now, sight);
    }
    return new SubmissionStatus.Pending(now.current());
  }

  /** One node of a cluster may not know yet what another took: believe it the second time. */
  private SubmissionStatus missed(Flight now) {
    if (now.onMissed() < 2) {
      return new SubmissionStatus.Pending(now.current());
    }
    end(true);
    return new SubmissionStatus.Dropped();
  }

  /**
   * Replaces the transaction by one that pays more. If a lower nonce that none of our streams waits
   * for is what blocks it (left behind by an earlier run), the delivery takes that one's place.
   */
  private void bump(Flight now, FlightCheck.Sight sight) throws ChainUnavailableException {
    Fees today = policy.suggest(sight.price().baseFee(), sight.price().tip());
    Optional<Fees> raised = policy.raise(now.fees(), today);
    long block = sight.price().block();
    if (raised.isEmpty()) {
      LOG.warn(
          "transaction {} stays unmined and its fee {} may not be raised: raise feePerGasMax",
          now.current().transaction(),
          now.fees().feePerGas());
      now.onOffered(now.fees(), block);
      return;
    }
    synchronized (account) {
      long lowest = sight.minedCount();
      boolean blocked = lowest < now.nonce() && !account.isInFlight(lowest);
      long nonce = blocked ? lowest : now.nonce();
      SenderAccount.Signed signed = account.sign(inbox, now.data(), nonce, now.gas(), raised.get());
      RpcAnswer said = send(signed);
      if (SendVerdict.of(said) == SendVerdict.ACCEPTED) {
        now.onSent(signed, block);
        account.onAccepted(this, signed);
        LOG.info("delivery resubmitted as {} with a raised fee", signed.hash());
      } else {
        now.onOffered(raised.get(), block);
        LOG.warn("transaction {} could not be replaced: {}", now.current().transaction(), said);
      }
    }
  }

  private void end(boolean doubt) {
    flight = null;
    account.onEnded(this, doubt);
  }
}
