package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One replica's way into a virtual chain, as EvmSubmitter goes it: simulates at the newest block it
 * knows, sends, follows, replaces what is stuck, believes the second time that something is gone.
 */
final class VirtualSubmitter implements DeliverySubmitter {
  private static final int CHECKS_BEFORE_REPLACING = 3;
  private static final int MISSES_BELIEVED = 2;
  private static final long GAS_USED = 100_000;

  private final VirtualChain chain;
  private final VirtualRpc rpc;
  private final int replica;
  private @Nullable Transaction flight;
  private int checks;
  private int misses;

  VirtualSubmitter(VirtualChain chain, VirtualRpc rpc, int replica) {
    this.chain = chain;
    this.rpc = rpc;
    this.replica = replica;
  }

  @Override
  public Submission submit(Delivery delivery) throws ChainUnavailableException {
    if (rpc.faults().isDown()) {
      throw rpc.unavailable("it is down");
    }
    Optional<Submission> earlier = earlierAttempt(delivery);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    InboxState state = chain.block(rpc.visible().latest().ref().number()).inbox();
    return switch (chain.judge(state, delivery)) {
      case InboxVerdict.AlreadyDelivered already -> new Submission.AlreadyDelivered();
      case InboxVerdict.Refused refused -> new Submission.Refused(refused.reason());
      case InboxVerdict.Accepted accepted -> send(delivery);
    };
  }

  /** An error may come before the chain took it, or after. */
  private Submission send(Delivery delivery) throws ChainUnavailableException {
    boolean isFailing = rpc.faults().isError();
    if (isFailing && !rpc.faults().isDoneThough()) {
      throw rpc.unavailable("it did not take the transaction");
    }
    Transaction sent =
        chain
            .pool()
            .deliver(
                new Transaction.Call.Deliver(delivery, replica),
                chain.nextNonce(replica),
                chain.latest().number());
    flight = sent;
    checks = 0;
    misses = 0;
    if (isFailing) {
      throw rpc.unavailable("the answer to a transaction was lost");
    }
    return current(sent);
  }

  /** One whose sending went unanswered may have arrived all the same. */
  private Optional<Submission> earlierAttempt(Delivery delivery) {
    Transaction before = flight;
    if (before == null
        || before.state() == Transaction.State.DROPPED
        || !(before.call() instanceof Transaction.Call.Deliver call)
        || !call.delivery().equals(delivery)) {
      return Optional.empty();
    }
    return Optional.of(current(before));
  }

  @Override
  public SubmissionStatus check(Submission.Sent sent) throws ChainUnavailableException {
    rpc.answer();
    Optional<Transaction> found = chain.pool().find(sent.transaction());
    if (found.isEmpty()) {
      return new SubmissionStatus.Dropped();
    }
    Transaction transaction = found.get();
    return switch (transaction.state()) {
      case MINED -> mined(transaction, sent);
      case DROPPED -> missed(sent);
      case POOLED -> new SubmissionStatus.Pending(current(transaction));
      case STUCK -> stuck(transaction);
    };
  }

  private SubmissionStatus mined(Transaction transaction, Submission.Sent sent) {
    BlockRef block = transaction.block();
    if (block == null || block.number() > rpc.visible().latest().ref().number()) {
      return new SubmissionStatus.Pending(sent);
    }
    flight = null;
    return new SubmissionStatus.Mined(transaction.hash(), block, transaction.isSuccess(), GAS_USED);
  }

  private SubmissionStatus missed(Submission.Sent sent) {
    misses++;
    if (misses < MISSES_BELIEVED) {
      return new SubmissionStatus.Pending(sent);
    }
    flight = null;
    return new SubmissionStatus.Dropped();
  }

  /** Only the process that sent it can replace it. */
  private SubmissionStatus stuck(Transaction transaction) {
    checks++;
    if (transaction == flight && checks >= CHECKS_BEFORE_REPLACING) {
      chain.pool().replace(transaction);
    }
    return new SubmissionStatus.Pending(current(transaction));
  }

  private static Submission.Sent current(Transaction transaction) {
    return new Submission.Sent(transaction.hash(), transaction.nonce());
  }
}
