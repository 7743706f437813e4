package dev.mallard.api;

import dev.mallard.stake.StreamId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message's name: {@code SOURCE-DESTINATION-INDEX}. */
record MessageId(StreamId stream, long index) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,19}-[0-9]{1,19})-([1-9][0-9]{0,18})");

  /** Empty, or IllegalArgumentException, if it is anything else. */
  static Optional<MessageId> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new MessageId(StreamId.parse(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }
}
