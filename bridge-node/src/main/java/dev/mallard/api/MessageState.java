package dev.mallard.api;

import dev.mallard.chain.Outcome;
import dev.mallard.store.MessageRecord;
import dev.mallard.store.MessageStage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a message is, in one word; {@link #HELD}, {@link #QUACKED} and {@link #EXECUTED} are
 * different things ([G-7]).
 */
enum MessageState {
  SENT(MessageStage.SENT),
  FINALIZED(MessageStage.FINALIZED),
  CERTIFIED(MessageStage.CERTIFIED),
  CROSSED(MessageStage.CROSSED),
  HELD(MessageStage.HELD),
  QUACKED(MessageStage.QUACKED),
  /** Accepted by the Inbox, and the recipient ran. */
  EXECUTED(MessageStage.EXECUTED),
  /** Accepted by the Inbox, and the recipient failed. */
  FAILED(MessageStage.EXECUTED),
  /** Accepted by the Inbox after its deadline. */
  EXPIRED(MessageStage.EXECUTED),
  RECEIPT(MessageStage.RECEIPT);

  private final MessageStage stage;

  MessageState(MessageStage stage) {
    this.stage = stage;
  }

  /** The last stage that a message in this state reached. */
  MessageStage stage() {
    return stage;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<MessageState> parse(String word) {
    return Arrays.stream(values()).filter(state -> state.word().equals(word)).findAny();
  }

  static MessageState of(MessageRecord message) {
    MessageStage last =
        message.times().keySet().stream().max(Comparator.naturalOrder()).orElse(MessageStage.SENT);
    return switch (last) {
      case SENT -> SENT;
      case FINALIZED -> FINALIZED;
      case CERTIFIED -> CERTIFIED;
      case CROSSED -> CROSSED;
      case HELD -> HELD;
      case QUACKED -> QUACKED;
      case EXECUTED -> message.outcome().map(MessageState::of).orElse(EXECUTED);
      case RECEIPT -> RECEIPT;
    };
  }

  private static MessageState of(Outcome outcome) {
    return switch (outcome) {
      case EXECUTED -> EXECUTED;
      case FAILED -> FAILED;
      case EXPIRED -> EXPIRED;
    };
  }
}
