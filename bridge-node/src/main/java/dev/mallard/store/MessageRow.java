package dev.mallard.store;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A kept message and its place in the order of arrival. What is known stays: stages keep their
 * earliest time, transactions and the outcome their first value.
 */
record MessageRow(long arrival, MessageRecord message) {
  /** The same message seen again: learns the source transaction if it was not known. */
  MessageRow withEntry(MessageRecord again) {
    boolean learns = message.sourceTransaction().isEmpty() && again.sourceTransaction().isPresent();
    return learns
        ? with(
            again.sourceTransaction(),
            message.deliveryTransaction(),
            message.receiptTransaction(),
            message.outcome(),
            message.times())
        : this;
  }

  MessageRow withStage(MessageStage stage, long wallMillis) {
    Long known = message.times().get(stage);
    if (known != null && known <= wallMillis) {
      return this;
    }
    Map<MessageStage, Long> times = new EnumMap<>(MessageStage.class);
    times.putAll(message.times());
    times.put(stage, wallMillis);
    return with(
        message.sourceTransaction(),
        message.deliveryTransaction(),
        message.receiptTransaction(),
        message.outcome(),
        times);
  }

  MessageRow withOutcome(Outcome outcome, MessageStage stage, Hash32 transaction, long wallMillis) {
    boolean isReceipt = stage == MessageStage.RECEIPT;
    Optional<Hash32> delivery = message.deliveryTransaction();
    Optional<Hash32> receipt = message.receiptTransaction();
    return with(
            message.sourceTransaction(),
            isReceipt ? delivery : Optional.of(delivery.orElse(transaction)),
            isReceipt ? Optional.of(receipt.orElse(transaction)) : receipt,
            Optional.of(message.outcome().orElse(outcome)),
            message.times())
        .withStage(stage, wallMillis);
  }

  /** The last stage reached, as searches mean it. */
  Optional<MessageStage> stage() {
    return message.times().keySet().stream().max(MessageStage::compareTo);
  }

  private MessageRow with(
      Optional<Hash32> source,
      Optional<Hash32> delivery,
      Optional<Hash32> receipt,
      Optional<Outcome> outcome,
      Map<MessageStage, Long> times) {
    MessageRecord m = message;
    return new MessageRow(
        arrival,
        new MessageRecord(
            m.stream(),
            m.index(),
            m.sequence(),
            m.sender(),
            m.recipient(),
            m.flags(),
            m.deadlineSeconds(),
            m.payloadBytes(),
            source,
            delivery,
            receipt,
            outcome,
            times));
  }
}
