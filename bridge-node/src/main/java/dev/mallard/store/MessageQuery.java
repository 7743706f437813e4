package dev.mallard.store;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * Which messages to list; newest first. Empty fields do not restrict.
 *
 * @param stage the last stage reached
 * @param before opaque place to go on from, as a page returned it
 * @param limit rows, 1 to {@link #LIMIT_MAX}
 */
public record MessageQuery(
    Optional<StreamId> stream,
    Optional<Hash32> transaction,
    Optional<Bytes> sender,
    Optional<MessageStage> stage,
    Optional<String> before,
    int limit) {
  /** Rows of a page at the most. */
  public static final int LIMIT_MAX = 200;
}
