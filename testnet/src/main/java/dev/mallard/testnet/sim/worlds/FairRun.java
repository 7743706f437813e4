package dev.mallard.testnet.sim.worlds;

import dev.mallard.stake.Stake;
import dev.mallard.testnet.sim.worlds.Moves.Event;
import dev.mallard.testnet.sim.worlds.Moves.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Whether delivery is still within reach of a state ([G-2]): from now on nothing fails, the liar
 * keeps silent, and everything takes its turn. All letters arrive and all disks sync before time
 * passes; so it goes on until every correct replica of the destination that is up has delivered
 * everything, and every one of the source has its quacks.
 *
 * <p>Runs from different states soon fall into each other's steps: those from where the end was
 * reached are remembered.
 */
final class FairRun {
  private static final int TICKS_MAX = 120;
  private static final int EVENTS_A_TICK_MAX = 5_000;

  private final World world;
  private final Cast cast;
  private final KeySet good;
  private final WorldState state;
  private final WorldState before;
  private final long[] path = new long[TICKS_MAX];
  private int events;
  private @Nullable Told told;

  /** Is told each event of a run, for a story. */
  interface Told {
    void onEvent(WorldState before, Event event);
  }

  /**
   * What a run came to.
   *
   * @param breach what is broken or out of reach
   * @param events how many it took; 0 if the end is out of reach
   */
  record Outcome(String breach, int events) {}

  /**
   * @param good states from where the end is reached; shared by all workers
   */
  FairRun(Cast cast, KeySet good) {
    this.world = cast.world();
    this.cast = cast;
    this.good = good;
    this.state = new WorldState(cast);
    this.before = new WorldState(cast);
  }

  /** What is out of reach from a state, or broken on the way; null if all is well. */
  @Nullable Outcome check(WorldState from) {
    Outcome outcome = run(from, true);
    return outcome == null && isWithoutDown(from) ? run(from, false) : outcome;
  }

  /** Tells the run from a state, up to what breaks. */
  void tell(WorldState from, Told listener) {
    told = listener;
    check(from);
    told = null;
  }

  /** Whether replicas are down that may stay down: the others are owed delivery without them. */
  private boolean isWithoutDown(WorldState from) {
    Stake atSource = Stake.ZERO;
    Stake atDestination = Stake.ZERO;
    boolean isAnybodyDown = false;
    for (int i = 0; i < world.replicas(); i++) {
      boolean isDown = cast.isCorrect(i) && !from.local(i).outlook().isUp();
      isAnybodyDown |= isDown;
      if (isDown || !cast.isCorrect(i)) {
        Stake stake = world.tableOf(i).stakeOf(world.indexOf(i));
        atSource = world.isSource(i) ? atSource.plus(stake) : atSource;
        atDestination = world.isSource(i) ? atDestination : atDestination.plus(stake);
      }
    }
    return isAnybodyDown
        && world.source().faultModel().u().isAtLeast(atSource)
        && world.destination().faultModel().u().isAtLeast(atDestination);
  }

  private @Nullable Outcome run(WorldState from, boolean isRestarting) {
    events = 0;
    state.copyFrom(from);
    state.forgetCounts(); // what was put aside is so no longer
    if (isRestarting) {
      restart();
    }
    for (int ticks = 0; ticks < TICKS_MAX; ticks++) {
      settle();
      String breach = state.breach();
      if (breach != null) {
        return new Outcome(breach, events);
      }
      long key = state.key();
      if (isDone() || good.contains(key)) {
        for (int i = 0; i < ticks; i++) {
          good.add(path[i], 0);
        }
        good.add(key, 0);
        return null;
      }
      path[ticks] = key;
      before.copyFrom(state);
      state.tick();
      state.forgetCounts();
      onEvent(Kind.TICK, -1, Post.TICK, -1);
    }
    return new Outcome(
        "[G-2] from here on nothing fails any more, yet within "
            + TICKS_MAX
            + " quanta "
            + waiting(isRestarting),
        0);
  }

  private void restart() {
    for (int i = 0; i < world.replicas(); i++) {
      if (cast.isCorrect(i) && !state.local(i).outlook().isUp()) {
        step(i, Post.RESTART);
      }
    }
  }

  private void step(int replica, int input) {
    before.copyFrom(state);
    state.step(replica, input);
    onEvent(Kind.LOCAL, replica, input, -1);
  }

  private void onEvent(Kind kind, int replica, int input, int letter) {
    events++;
    Told listener = told;
    if (listener != null) {
      listener.onEvent(before, new Event(kind, replica, input, letter));
    }
  }

  /** Everything under way arrives, and everything waited for comes, until nothing is left. */
  private void settle() {
    int eventsMax = events + EVENTS_A_TICK_MAX;
    do {
      while (state.letters() > 0 && state.breach() == null) {
        before.copyFrom(state);
        Letter letter = state.remove(0);
        if (state.local(letter.to()).outlook().isUp()) {
          state.step(letter.to(), letter.input());
        }
        onEvent(Kind.ARRIVAL, letter.to(), letter.input(), letter.id());
        if (events > eventsMax) {
          throw new IllegalStateException("messages beget messages without end");
        }
      }
    } while (state.breach() == null && isAnybodyStirring());
  }

  private boolean isAnybodyStirring() {
    boolean isStirring = false;
    for (int i = 0; i < world.replicas() && state.breach() == null; i++) {
      if (cast.isCorrect(i)) {
        Outlook outlook = state.local(i).outlook();
        int input = next(outlook);
        if (input >= 0) {
          step(i, input);
          isStirring = true;
        }
      }
    }
    return isStirring;
  }

  private static int next(Outlook outlook) {
    if (outlook.canCertify()) {
      return Post.CERTIFY;
    }
    if (outlook.canVerify()) {
      return Post.VERIFY;
    }
    return outlook.canSync() ? Post.SYNC : -1;
  }

  private boolean isDone() {
    for (int i = 0; i < world.replicas(); i++) {
      if (cast.isCorrect(i)) {
        Outlook outlook = state.local(i).outlook();
        if (outlook.isUp() && !outlook.isDone()) {
          return false;
        }
      }
    }
    return true;
  }

  private String waiting(boolean isRestarting) {
    StringBuilder who = new StringBuilder();
    for (int i = 0; i < world.replicas(); i++) {
      if (cast.isCorrect(i)) {
        Outlook outlook = state.local(i).outlook();
        if (outlook.isUp() && !outlook.isDone()) {
          who.append(who.isEmpty() ? "" : ", ")
              .append(world.nameOf(i))
              .append(
                  world.isSource(i)
                      ? " has quacks up to " + outlook.quacked()
                      : " has delivered up to " + outlook.held());
        }
      }
    }
    return who + " of " + world.bundles() + (isRestarting ? "" : ", while who is down stays down");
  }
}
