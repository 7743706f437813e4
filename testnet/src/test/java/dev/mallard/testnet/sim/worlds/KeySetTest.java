package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class KeySetTest {
  private static final int KEYS = 100_000;

  @Test
  void aKeyIsNewOnceAndKeepsWhereItCameFrom() {
    KeySet set = new KeySet(true);
    for (int i = 0; i < KEYS; i++) {
      assertTrue(set.add(Mixing.mix(i), Mixing.mix(i - 1)));
    }
    for (int i = 0; i < KEYS; i++) {
      assertFalse(set.add(Mixing.mix(i), 7));
      assertEquals(Mixing.mix(i - 1), set.from(Mixing.mix(i)));
    }
    assertEquals(KEYS, set.size());
    assertFalse(set.contains(Mixing.mix(KEYS)));
  }

  @Test
  void packedStatesComeOutAsTheyWentIn() {
    Span span = new Span(Manner.EVENTS, Span.ANY, 3, Span.ANY);
    Cast cast = new Cast(SmallWorlds.named("cft-3-3"), span, new Ports() {}, Cast.NOBODY, false);
    Frontier frontier = new Frontier();
    Frontier.Writer writer = new Frontier.Writer(frontier);
    WorldState state = new WorldState(cast);
    state.begin();
    state.step(1, Post.CERTIFY);
    state.tick();
    state.putAside(0);
    long key = state.key();
    writer.add(state);
    writer.flush();
    WorldState back = new WorldState(cast);
    Frontier.Reader reader = new Frontier.Reader(frontier.take());
    assertTrue(reader.next(back));
    assertEquals(key, back.key());
    assertTrue(back.isAside(0) && back.letters() > 1);
    assertFalse(reader.next(back));
  }
}
