package dev.mallard.testnet.sim;

import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import java.util.function.UnaryOperator;

/** A liar's way to the chain: everything once in a false version, and everything twice. */
final class RudeSubmitter implements DeliverySubmitter {
  private final DeliverySubmitter chain;
  private final UnaryOperator<Delivery> falsely;

  RudeSubmitter(DeliverySubmitter chain, UnaryOperator<Delivery> falsely) {
    this.chain = chain;
    this.falsely = falsely;
  }

  @Override
  public Submission submit(Delivery delivery) throws ChainUnavailableException {
    Submission _ = chain.submit(falsely.apply(delivery));
    Submission first = chain.submit(delivery);
    Submission _ = chain.submit(delivery);
    return first;
  }

  @Override
  public SubmissionStatus check(Submission.Sent sent) throws ChainUnavailableException {
    return chain.check(sent);
  }
}
