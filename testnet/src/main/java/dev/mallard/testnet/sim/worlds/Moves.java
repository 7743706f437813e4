package dev.mallard.testnet.sim.worlds;

import dev.mallard.testnet.sim.worlds.WorldState.Count;

/** Everything that can happen next in a state of the world: each event, and each fault allowed. */
final class Moves {
  /** What kind of event it is. */
  enum Kind {
    /** One replica certifies, syncs, verifies or restarts. */
    LOCAL,
    /** A replica crashes. */
    CRASH,
    /** A letter arrives; a replica that is down does not hear it. */
    ARRIVAL,
    /** A letter is lost. */
    LOSS,
    /** The liar says something. */
    LIE,
    /** Time passes. */
    TICK,
    /** Something that should have come next is put aside: it comes some time later. */
    POSTPONEMENT
  }

  /**
   * One event.
   *
   * @param replica to which it happens; -1 if to all
   * @param input what happens to it, in the numbers of {@link Post}
   * @param letter a letter's number; -1 if there is none
   */
  record Event(Kind kind, int replica, int input, int letter) {}

  /** Is shown each state that one event leads to. */
  interface Visitor {
    /** The state is only good during the call. */
    void visit(Kind kind, int replica, int input, int letter, WorldState next);
  }

  private final Cast cast;
  private final World world;
  private final WorldState next;

  Moves(Cast cast) {
    this.cast = cast;
    this.world = cast.world();
    this.next = new WorldState(cast);
  }

  /** Shows what each event in a state leads to. */
  void from(WorldState state, Visitor visitor) {
    for (int i = 0; i < world.replicas(); i++) {
      if (cast.isCorrect(i)) {
        own(state, i, visitor);
        crash(state, i, visitor);
      }
    }
    for (int place = 0; place < state.letters(); place++) {
      if (state.isFirstOfEquals(place)) {
        arrival(state, place, visitor);
        loss(state, place, visitor);
      }
    }
    for (Letter lie : cast.lies()) {
      lie(state, lie, visitor);
    }
    tick(state, visitor);
  }

  private void own(WorldState state, int replica, Visitor visitor) {
    Outlook outlook = state.local(replica).outlook();
    if (!outlook.isUp()) {
      own(state, replica, Post.RESTART, visitor);
    }
    if (outlook.canCertify()) {
      own(state, replica, Post.CERTIFY, visitor);
    }
    if (outlook.canSync()) {
      own(state, replica, Post.SYNC, visitor);
    }
    if (outlook.canVerify()) {
      own(state, replica, Post.VERIFY, visitor);
    }
  }

  /** One replica certifies, syncs, verifies or restarts. */
  void own(WorldState state, int replica, int input, Visitor visitor) {
    next.copyFrom(state);
    next.step(replica, input);
    visitor.visit(Kind.LOCAL, replica, input, -1, next);
  }

  /** A replica crashes, if one may. */
  void crash(WorldState state, int replica, Visitor visitor) {
    if (state.count(Count.CRASHES_LEFT) > 0 && state.local(replica).outlook().isUp()) {
      next.copyFrom(state);
      next.spend(Count.CRASHES_LEFT);
      next.step(replica, Post.CRASH);
      visitor.visit(Kind.CRASH, replica, Post.CRASH, -1, next);
    }
  }

  /** A letter arrives; who is down does not hear it. */
  void arrival(WorldState state, int place, Visitor visitor) {
    next.copyFrom(state);
    Letter letter = next.remove(place);
    if (state.local(letter.to()).outlook().isUp()) {
      next.step(letter.to(), letter.input());
    }
    visitor.visit(Kind.ARRIVAL, letter.to(), letter.input(), letter.id(), next);
  }

  /** A letter is lost, if one may be. */
  void loss(WorldState state, int place, Visitor visitor) {
    if (state.count(Count.LOSSES_LEFT) > 0) {
      next.copyFrom(state);
      Letter letter = next.remove(place);
      next.spend(Count.LOSSES_LEFT);
      visitor.visit(Kind.LOSS, letter.to(), -1, letter.id(), next);
    }
  }

  /** The liar says something, if it may. */
  void lie(WorldState state, Letter lie, Visitor visitor) {
    boolean isCounted = cast.span().isLiarCounted();
    boolean isAllowed = !isCounted || state.count(Count.LIES_LEFT) > 0;
    if (isAllowed && state.local(lie.to()).outlook().isUp()) {
      next.copyFrom(state);
      if (isCounted) {
        next.spend(Count.LIES_LEFT);
      }
      next.step(lie.to(), lie.input());
      visitor.visit(Kind.LIE, lie.to(), lie.input(), lie.id(), next);
    }
  }

  /** Time passes, if there is some left. */
  void tick(WorldState state, Visitor visitor) {
    if (state.count(Count.TICKS) < cast.span().ticksMax()) {
      next.copyFrom(state);
      next.tick();
      visitor.visit(Kind.TICK, -1, Post.TICK, -1, next);
    }
  }

  /** One of a replica's own events is put aside. */
  void postponement(WorldState state, int replica, int input, Visitor visitor) {
    next.copyFrom(state);
    next.putAside(replica, input);
    visitor.visit(Kind.POSTPONEMENT, replica, input, -1, next);
  }

  /** A letter is put aside. */
  void postponement(WorldState state, int place, Visitor visitor) {
    next.copyFrom(state);
    next.putAside(place);
    Letter letter = state.letter(place);
    visitor.visit(Kind.POSTPONEMENT, letter.to(), -1, letter.id(), next);
  }
}
