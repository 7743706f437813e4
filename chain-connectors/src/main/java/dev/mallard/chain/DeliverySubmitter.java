package dev.mallard.chain;

/**
 * Brings deliveries into the local chain, one transaction in flight a stream. Blocking; called from
 * one worker thread a stream. The chain is the truth about nonces: they are read again after every
 * doubt.
 */
public interface DeliverySubmitter {
  /**
   * Signs and sends the delivery. Nothing is spent when the chain's own simulation refuses it.
   *
   * @throws ChainUnavailableException when no RPC answered; the delivery may still have reached the
   *     chain
   */
  Submission submit(Delivery delivery) throws ChainUnavailableException;

  /**
   * What became of a transaction; raises its fee and replaces it when it stays unmined for too
   * long.
   *
   * @throws ChainUnavailableException when no RPC answered
   */
  SubmissionStatus check(Submission.Sent sent) throws ChainUnavailableException;
}
