package dev.mallard.testnet.sim;

import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;

/** A liar's way to the chain: everything once with a wrong certificate, and everything twice. */
final class RudeSubmitter implements DeliverySubmitter {
  private final DeliverySubmitter chain;
  private final Forgery forgery;

  RudeSubmitter(DeliverySubmitter chain, Forgery forgery) {
    this.chain = chain;
    this.forgery = forgery;
  }

  @Override
  public Submission submit(Delivery delivery) throws ChainUnavailableException {
    Submission _ = chain.submit(forgery.wronglyCertified(delivery));
    Submission first = chain.submit(delivery);
    Submission _ = chain.submit(delivery);
    return first;
  }

  @Override
  public SubmissionStatus check(Submission.Sent sent) throws ChainUnavailableException {
    return chain.check(sent);
  }
}
