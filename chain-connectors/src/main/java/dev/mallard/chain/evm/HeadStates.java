package dev.mallard.chain.evm;

import dev.mallard.chain.BlockRef;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both contracts said at the newest blocks, always asked for by hash. A hint that names the
 * newest block lets its states be asked for in the same request as the heads; and a block that
 * becomes final was the newest one a little earlier, nearly always, so that its states are known
 * then. A hint only chooses what is asked: a wrong one costs two calls. Thread-safe.
 */
final class HeadStates {
  /** Blocks whose states are kept ([G-4]). */
  private static final int BLOCKS_MAX = 64;

  private final BridgeAddress outbox;
  private final BridgeAddress inbox;
  private final Map<BlockRef, States> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlockRef, States> eldest) {
          return size() > BLOCKS_MAX;
        }
      };
  private @Nullable RsmId watched;
  private @Nullable Hash32 hinted;

  /** Answers about streams with {@code other}, not looked at yet. */
  private record States(RsmId other, RpcAnswer inbox, RpcAnswer outbox) {}

  /** Calls that may go along with others. */
  record Question(RsmId other, Hash32 block, List<RpcCall> calls) {}

  HeadStates(BridgeAddress outbox, BridgeAddress inbox) {
    this.outbox = outbox;
    this.inbox = inbox;
  }

  /** There may be a new block of this hash. */
  synchronized void onHint(Hash32 block) {
    hinted = block;
  }

  /** The states at the block that a hint named; empty without one, and until anybody asks. */
  synchronized Optional<Question> expected() {
    return watched == null || hinted == null
        ? Optional.empty()
        : Optional.of(question(watched, hinted));
  }

  /** The states of the streams with {@code other} at a block; from now on these are of interest. */
  synchronized Question about(RsmId other, BlockRef block) {
    watched = other;
    return question(other, block.hash());
  }

  private Question question(RsmId other, Hash32 block) {
    String data = BridgeAbi.stream(other);
    return new Question(
        other, block, List.of(RpcCall.view(inbox, data, block), RpcCall.view(outbox, data, block)));
  }

  /** Keeps answers if it was this block that was asked about, and it is known there. */
  synchronized void keep(Question asked, BlockRef block, List<RpcAnswer> answers) {
    boolean known = answers.stream().allMatch(RpcAnswer.Result.class::isInstance);
    if (known && asked.block().equals(block.hash())) {
      kept.put(block, new States(asked.other(), answers.getFirst(), answers.getLast()));
    }
  }

  /** What the Inbox said of its streams with {@code other}. */
  synchronized Optional<RpcAnswer> inbox(RsmId other, BlockRef at) {
    return states(other, at).map(States::inbox);
  }

  /** What the Outbox said of its stream to {@code other}. */
  synchronized Optional<RpcAnswer> outbox(RsmId other, BlockRef at) {
    return states(other, at).map(States::outbox);
  }

  private Optional<States> states(RsmId other, BlockRef at) {
    return Optional.ofNullable(kept.get(at)).filter(states -> states.other().equals(other));
  }
}
