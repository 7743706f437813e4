package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that are asked for along with the heads: cheaper, and no less checked. */
final class HeadStatesTest {
  private final Semaphore hints = new Semaphore(0);
  @AutoClose private Anvil anvil;
  private TestBridge bridge;
  @AutoClose private MisbehavingRpc proxy;
  @AutoClose private ChainConnector chain;
  private OutboxCursor cursor;
  private OutboxRead.Progress last;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    anvil = Anvil.start(folder, 7001);
    bridge = new TestBridge(anvil);
    proxy = MisbehavingRpc.before(anvil);
    chain =
        TestBridge.connector(
            HeadHintsTest.withHints(bridge.options(List.of(proxy.url())), anvil.port()));
    cursor = chain.start(bridge.outgoing());
    chain.onHeadHint(hints::release);
    Eventually.is(
        "hints",
        Duration.ofSeconds(10),
        () -> {
          anvil.mine(1);
          return hints.tryAcquire(100, TimeUnit.MILLISECONDS);
        });
  }

  /** What a follower does after a hint; returns the requests that it took. */
  private long look() throws Exception {
    long before = proxy.requests();
    ChainHeads heads = chain.heads();
    InboxState inbox = chain.inbox(bridge.incoming(), heads.latest().ref());
    assertEquals(heads.latest().ref(), inbox.at());
    last =
        assertInstanceOf(
            OutboxRead.Progress.class,
            chain.readOutbox(bridge.outgoing(), cursor, heads.finalized(), 16));
    cursor = last.next();
    return proxy.requests() - before;
  }

  private void awaitHint() throws Exception {
    assertTrue(hints.tryAcquire(10, TimeUnit.SECONDS), "a hint");
    hints.drainPermits();
  }

  private long mineAndLook() throws Exception {
    anvil.mine(1);
    awaitHint();
    return look();
  }

  /** Until finalized blocks are such that were the newest one with a hint. */
  private void settle() throws Exception {
    for (int i = 0; i < 4; i++) {
      mineAndLook();
    }
  }

  @Test
  void anIdleBlockCostsOneRequestAndTheCursorFollowsNowAndThen() throws Exception {
    settle();
    List<Long> costs = new ArrayList<>();
    long from = cursor.block().number();
    for (int i = 0; i < 18; i++) {
      costs.add(mineAndLook());
    }
    assertEquals(2, costs.stream().filter(cost -> cost == 2).count(), costs.toString());
    assertEquals(16, costs.stream().filter(cost -> cost == 1).count(), costs.toString());
    assertTrue(cursor.block().number() > from + 8, "the cursor follows");
  }

  @Test
  @Tag("OUT-2")
  void whatIsSentIsReadInTheBlockThatMakesItFinal() throws Exception {
    settle();
    bridge.send(2);
    awaitHint();
    look();
    mineAndLook();
    assertEquals(0, cursor.count(), "not final yet");
    mineAndLook();
    assertEquals(2, cursor.count());
    assertEquals(2, last.blocks().getFirst().entries().size());
  }

  /** One stale answer at the block that holds the entries must not let the cursor pass them. */
  @Test
  @Tag("OUT-2")
  @Tag("G-2")
  void aStaleAnswerAboutTheOutboxDelaysButHidesNothing() throws Exception {
    settle();
    proxy.with((method, params, answer) -> {
      if (method.equals("eth_call")
          && params.get(0).get("to").stringValue().equals(bridge.outbox().toHex())) {
        answer.put("result", "0x" + "0".repeat(128));
      }
    });
    bridge.send(2);
    awaitHint();
    look();
    proxy.honest();
    mineAndLook();
    mineAndLook();
    assertEquals(0, cursor.count(), "the stale answer was believed");
    mineAndLook();
    assertEquals(2, cursor.count());
  }

  @Test
  void aHintOfAnotherBlockIsNoState() throws Exception {
    settle();
    HeadStates states = new HeadStates(bridge.outbox(), bridge.outbox());
    ChainHeads heads = chain.heads();
    states.about(TestBridge.OTHER, heads.latest().ref());
    states.onHint(heads.finalized().ref().hash());
    HeadStates.Question asked = states.expected().orElseThrow();
    List<RpcAnswer> answers =
        new RpcEndpoint(
                URI.create(proxy.url().toString()),
                java.net.http.HttpClient.newHttpClient(),
                TestBridge.LIMITS)
            .ask(asked.calls());
    states.keep(asked, heads.latest().ref(), answers);
    assertTrue(states.outbox(TestBridge.OTHER, heads.latest().ref()).isEmpty());
    states.keep(asked, heads.finalized().ref(), answers);
    assertTrue(states.outbox(TestBridge.OTHER, heads.finalized().ref()).isPresent());
    assertTrue(
        states.outbox(bridge.outgoing().source(), heads.finalized().ref()).isEmpty(),
        "asked about another stream");
  }
}
