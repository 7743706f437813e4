package dev.mallard.testnet.sim;

import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;

/** Never sends what it is given: a liar that lets its turns pass. */
final class SilentSubmitter implements DeliverySubmitter {
  @Override
  public Submission submit(Delivery delivery) {
    return new Submission.CannotPay("a liar does not want to");
  }

  @Override
  public SubmissionStatus check(Submission.Sent sent) {
    return new SubmissionStatus.Dropped();
  }
}
