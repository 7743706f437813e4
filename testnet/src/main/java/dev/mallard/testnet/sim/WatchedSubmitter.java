package dev.mallard.testnet.sim;

import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;

/** Tells the checkers what a replica pays for. */
final class WatchedSubmitter implements DeliverySubmitter {
  private final World world;
  private final SimReplica replica;
  private final DeliverySubmitter chain;

  WatchedSubmitter(World world, SimReplica replica, DeliverySubmitter chain) {
    this.world = world;
    this.replica = replica;
    this.chain = chain;
  }

  @Override
  public Submission submit(Delivery delivery) throws ChainUnavailableException {
    Submission submission = chain.submit(delivery);
    if (submission instanceof Submission.Sent) {
      world.checkers().onSubmitted(replica, delivery);
    }
    return submission;
  }

  @Override
  public SubmissionStatus check(Submission.Sent sent) throws ChainUnavailableException {
    return chain.check(sent);
  }
}
