package dev.mallard.testnet.sim.worlds;

/**
 * Events told apart by whether they surprise ({@link Manner#SURPRISES}).
 *
 * <p>What usually comes next: whoever has something of its own to do does it, the letters arrive,
 * and when nothing is left time passes. It is a surprise if something is late: when its turn comes
 * it is put aside, and comes at any time later. It is a surprise if the liar says something.
 * Crashes, restarts and losses may come at any time, as long as there are some left; that alone is
 * no surprise.
 *
 * <p>A crash, a restart, a lie, or something late that comes: all these are tried just before the
 * next event at their replica, and before time passes. Sooner would make no difference to that
 * replica; others would only hear of it sooner, which is seen where what they hear before is late.
 * In the same way a letter is lost, or put aside, no sooner than its turn comes.
 */
final class Surprises {
  private static final int NOTHING = -1;

  private final Cast cast;
  private final World world;
  private final Moves moves;

  Surprises(Cast cast, Moves moves) {
    this.cast = cast;
    this.world = cast.world();
    this.moves = moves;
  }

  /** Shows what may come next without a surprise. */
  void usual(WorldState state, Moves.Visitor visitor) {
    int busy = busy(state);
    int letter = busy == NOTHING ? letter(state) : NOTHING;
    if (busy != NOTHING) {
      moves.own(state, busy, input(state, busy), visitor);
      beside(state, busy, visitor);
    } else if (letter != NOTHING) {
      moves.arrival(state, letter, visitor);
      moves.loss(state, letter, visitor);
      beside(state, state.letter(letter).to(), visitor);
    } else {
      moves.tick(state, visitor);
      for (int i = 0; i < world.replicas(); i++) {
        if (cast.isCorrect(i)) {
          beside(state, i, visitor);
        }
      }
    }
  }

  /** A replica crashes or starts again, or something comes that was put aside. */
  private void beside(WorldState state, int replica, Moves.Visitor visitor) {
    moves.crash(state, replica, visitor);
    Outlook outlook = state.local(replica).outlook();
    if (!outlook.isUp()) {
      moves.own(state, replica, Post.RESTART, visitor);
    }
    for (int input = Post.CERTIFY; input <= Post.VERIFY; input++) {
      if (outlook.can(input) && state.isAside(replica, input)) {
        moves.own(state, replica, input, visitor);
      }
    }
    for (int place = 0; place < state.letters(); place++) {
      if (state.isAside(place) && state.letter(place).to() == replica) {
        moves.arrival(state, place, visitor);
      }
    }
  }

  /** Shows what one surprise may lead to. */
  void surprising(WorldState state, Moves.Visitor visitor) {
    int busy = busy(state);
    int letter = busy == NOTHING ? letter(state) : NOTHING;
    int where = busy != NOTHING ? busy : letter != NOTHING ? state.letter(letter).to() : NOTHING;
    if (busy != NOTHING) {
      moves.postponement(state, busy, input(state, busy), visitor);
    } else if (letter != NOTHING) {
      moves.postponement(state, letter, visitor);
    }
    for (Letter lie : cast.lies()) {
      if (where == NOTHING || where == lie.to()) {
        moves.lie(state, lie, visitor);
      }
    }
  }

  /** The first replica with something of its own to do. */
  private int busy(WorldState state) {
    for (int i = 0; i < world.replicas(); i++) {
      if (cast.isCorrect(i) && input(state, i) != NOTHING) {
        return i;
      }
    }
    return NOTHING;
  }

  private static int input(WorldState state, int replica) {
    Outlook outlook = state.local(replica).outlook();
    for (int input = Post.CERTIFY; input <= Post.VERIFY; input++) {
      if (outlook.can(input) && !state.isAside(replica, input)) {
        return input;
      }
    }
    return NOTHING;
  }

  /** The letter whose turn it is. */
  private static int letter(WorldState state) {
    int first = NOTHING;
    for (int place = 0; place < state.letters(); place++) {
      boolean isSooner =
          !state.isAside(place)
              && (first == NOTHING || state.letter(place).rank() < state.letter(first).rank());
      first = isSooner ? place : first;
    }
    return first;
  }
}
