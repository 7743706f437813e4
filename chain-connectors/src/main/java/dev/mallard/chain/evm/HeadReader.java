package dev.mallard.chain.evm;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.OutboxRead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest and the finalized block. The finalized head never goes back: an endpoint that is
 * behind what was seen, or on another fork, is passed over. If all of them left a finalized block
 * behind, that is remembered for ever: no stream is read any more. Thread-safe.
 */
final class HeadReader {
  private final RpcPool pool;
  private final HeadStates states;
  private final Duration headAgeMax;
  private final InstantSource clock;

  private @Nullable BlockHead seen;
  private OutboxRead.@Nullable FinalityBroken broken;

  HeadReader(RpcPool pool, HeadStates states, Duration headAgeMax, InstantSource clock) {
    this.pool = pool;
    this.states = states;
    this.headAgeMax = headAgeMax;
    this.clock = clock;
  }

  /** The newest heads that any endpoint serves. */
  ChainHeads read() throws ChainUnavailableException {
    List<ChainHeads> old = new ArrayList<>();
    try {
      return remember(pool.read("the newest blocks", endpoint -> fresh(endpoint, old)));
    } catch (ChainUnavailableException e) {
      if (e.getCause() instanceof EndpointFaultException.Forked fork) {
        onFork(fork);
      }
      Optional<ChainHeads> newest =
          old.stream()
              .max((a, b) -> Long.compare(a.latest().ref().number(), b.latest().ref().number()));
      return remember(newest.orElseThrow(() -> e));
    }
  }

  /** Set once the chain took back a finalized block. */
  synchronized Optional<OutboxRead.FinalityBroken> broken() {
    return Optional.ofNullable(broken);
  }

  private ChainHeads fresh(RpcEndpoint endpoint, List<ChainHeads> old)
      throws EndpointFaultException {
    Optional<BlockRef> before = seen();
    Optional<HeadStates.Question> expected = states.expected();
    List<RpcCall> calls = new ArrayList<>();
    calls.add(RpcCall.block("finalized"));
    calls.add(RpcCall.block("latest"));
    expected.ifPresent(question -> calls.addAll(question.calls()));
    List<RpcAnswer> answers = endpoint.ask(calls);
    ChainHeads heads =
        new ChainHeads(
            BlockReader.head(answers.get(1), "latest"),
            BlockReader.head(answers.getFirst(), "finalized (does the chain finalize yet?)"));
    checkOrder(heads);
    if (before.isPresent()) {
      checkNotBehind(endpoint, heads.finalized(), before.get());
    }
    checkAge(heads, old);
    expected.ifPresent(question ->
        states.keep(question, heads.latest().ref(), answers.subList(2, answers.size())));
    return heads;
  }

  private static void checkOrder(ChainHeads heads) throws EndpointFaultException {
    if (heads.finalized().ref().number() > heads.latest().ref().number()) {
      throw new EndpointFaultException.Suspect(
          "finalized block "
              + heads.finalized().ref()
              + " is beyond the newest "
              + heads.latest().ref());
    }
  }

  /** A block that follows what was seen, or is it, needs no further look. */
  private static void checkNotBehind(RpcEndpoint endpoint, BlockHead head, BlockRef before)
      throws EndpointFaultException {
    BlockRef finalized = head.ref();
    if (finalized.number() < before.number()) {
      throw new EndpointFaultException(
          "stale: its finalized head "
              + finalized
              + " is behind "
              + before
              + ", which was seen already");
    }
    boolean isChild =
        finalized.number() == before.number() + 1 && head.parentHash().equals(before.hash());
    if (isChild || finalized.equals(before)) {
      return;
    }
    RpcAnswer atThatHeight = endpoint.ask(RpcCall.block(before.number()));
    BlockRef found = BlockReader.head(atThatHeight, before.number()).ref();
    if (!found.equals(before)) {
      throw FinalityCheck.contradiction(endpoint, before, found);
    }
  }

  private void checkAge(ChainHeads heads, List<ChainHeads> old) throws EndpointFaultException {
    if (!pool.hasAlternatives()) {
      return;
    }
    long age = clock.instant().getEpochSecond() - heads.latest().timestampSeconds();
    if (age > headAgeMax.toSeconds()) {
      old.add(heads);
      throw new EndpointFaultException(
          "its newest block "
              + heads.latest().ref()
              + " is "
              + age
              + " s old: is the chain halted, or this node not in sync?");
    }
  }

  private synchronized Optional<BlockRef> seen() {
    return Optional.ofNullable(seen).map(BlockHead::ref);
  }

  private synchronized ChainHeads remember(ChainHeads heads) {
    if (seen == null || seen.ref().number() < heads.finalized().ref().number()) {
      seen = heads.finalized();
    }
    return heads;
  }

  /** From now on heads of the other fork are shown, so that an operator sees what goes on. */
  private synchronized void onFork(EndpointFaultException.Forked fork) {
    if (broken == null) {
      broken = new OutboxRead.FinalityBroken(fork.expected(), fork.found());
    }
    seen = null;
  }
}
