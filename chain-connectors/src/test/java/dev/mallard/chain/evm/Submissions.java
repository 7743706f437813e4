package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Submits and follows, as the node does. */
final class Submissions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DeliverySubmitter submitter;

  Submissions(DeliverySubmitter submitter) {
    this.submitter = submitter;
  }

  Submission.Sent sent(Delivery delivery) throws Exception {
    return assertInstanceOf(Submission.Sent.class, submitter.submit(delivery));
  }

  SubmissionStatus.Mined mined(Delivery delivery) throws Exception {
    return mined(sent(delivery));
  }

  SubmissionStatus.Mined mined(Submission.Sent sent) throws Exception {
    AtomicReference<SubmissionStatus> status =
        new AtomicReference<>(new SubmissionStatus.Pending(sent));
    Eventually.is(
        "transaction mined",
        PATIENCE,
        () -> {
          if (status.get() instanceof SubmissionStatus.Pending pending) {
            status.set(submitter.check(pending.current()));
          }
          return !(status.get() instanceof SubmissionStatus.Pending);
        });
    return assertInstanceOf(SubmissionStatus.Mined.class, status.get());
  }

  void requireAlreadyDelivered(Delivery delivery) throws Exception {
    assertInstanceOf(Submission.AlreadyDelivered.class, submitter.submit(delivery));
  }

  String refusal(Delivery delivery) throws Exception {
    return assertInstanceOf(Submission.Refused.class, submitter.submit(delivery)).reason();
  }
}
