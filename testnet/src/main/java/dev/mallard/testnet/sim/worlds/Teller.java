package dev.mallard.testnet.sim.worlds;

import dev.mallard.testnet.sim.worlds.Moves.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Tells people how a state came about. */
final class Teller {
  private final Cast cast;
  private final World world;
  private final List<String> lines = new ArrayList<>();

  /** Notes what a replica does. */
  private static final class Notes implements Witness {
    private final List<String> done = new ArrayList<>();

    @Override
    public void onSent(Message message) {}

    @Override
    public void onDone(String what) {
      done.add(what);
    }

    @Override
    public void onBreach(String what) {}
  }

  Teller(Cast cast) {
    this.cast = cast;
    this.world = cast.world();
  }

  /**
   * Tells the way along the keys of states, and one event beyond the last.
   *
   * @param keys from the start on
   * @param last what happens after them
   * @return the state that it leads to
   */
  WorldState tell(List<Long> keys, Event last) {
    WorldState state = new WorldState(cast);
    state.begin();
    Moves moves = new Moves(cast);
    Surprises surprises = new Surprises(cast, moves);
    for (long key : keys.subList(1, keys.size())) {
      go(state, moves, surprises, (event, next) -> next.key() == key);
    }
    go(state, moves, surprises, (event, next) -> event.equals(last));
    return state;
  }

  /** Tells the first event that is meant, and goes on to where it leads. */
  private void go(
      WorldState state, Moves moves, Surprises surprises, BiPredicate<Event, WorldState> isMeant) {
    WorldState after = new WorldState(cast);
    @Nullable Event[] taken = new @Nullable Event[1];
    Moves.Visitor search =
        (kind, replica, input, letter, next) -> {
          Event event = new Event(kind, replica, input, letter);
          if (taken[0] == null && isMeant.test(event, next)) {
            taken[0] = event;
            after.copyFrom(next);
          }
        };
    moves.from(state, search);
    surprises.surprising(state, search);
    Event event = taken[0];
    if (event == null) {
      throw new IllegalStateException("the way to a state was lost: two states share a key");
    }
    tell(state, event);
    state.copyFrom(after);
  }

  /** What was told so far, and what it comes to. */
  Story story(String breach) {
    return new Story(lines, breach);
  }

  /** Tells one event. */
  void tell(WorldState before, Event event) {
    String what =
        switch (event.kind()) {
          case TICK -> world.quantumMillis() + " ms pass" + everybody(before);
          case LOSS -> letter(event) + " for " + name(event.replica()) + " is lost";
          case CRASH -> name(event.replica()) + " crashes; what it had not synced is gone";
          case LOCAL -> own(event.replica(), event.input()) + " comes" + doings(before, event);
          case POSTPONEMENT ->
              event.letter() < 0
                  ? own(event.replica(), event.input()) + " is put aside"
                  : letter(event) + " for " + name(event.replica()) + " is put aside";
          case LIE ->
              name(event.replica()) + " gets the liar's " + said(event) + doings(before, event);
          case ARRIVAL -> name(event.replica()) + " gets " + letter(event) + doings(before, event);
        };
    lines.add(String.format(Locale.ROOT, "%3d  %s", lines.size() + 1, what));
  }

  private String letter(Event event) {
    Message message = cast.post().letter(event.letter()).message();
    return message.saying() + " from " + name(message.from());
  }

  private String said(Event event) {
    return cast.post().letter(event.letter()).message().saying().toString();
  }

  private String own(int replica, int input) {
    String name = name(replica);
    return switch (input) {
      case Post.CERTIFY -> "at " + name + " the next bundle's certificate";
      case Post.SYNC -> "at " + name + " the disk's sync";
      case Post.VERIFY -> "at " + name + " the verifier's answer";
      case Post.RESTART -> "at " + name + " the restart";
      default -> throw new IllegalStateException("no event of one replica: " + input);
    };
  }

  private String everybody(WorldState before) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < world.replicas(); i++) {
      if (cast.isCorrect(i) && before.local(i).outlook().isUp()) {
        List<String> done = done(before, i, Post.TICK);
        if (!done.isEmpty()) {
          all.append("; ").append(name(i)).append(" ").append(String.join(", ", done));
        }
      }
    }
    return all.toString();
  }

  private String doings(WorldState before, Event event) {
    if (!before.local(event.replica()).outlook().isUp() && event.input() != Post.RESTART) {
      return "; it is down";
    }
    List<String> done = done(before, event.replica(), event.input());
    return done.isEmpty() ? "" : "; it " + String.join(", ", done);
  }

  private List<String> done(WorldState before, int replica, int input) {
    Notes notes = new Notes();
    cast.machine(replica).tell(before.local(replica), input, notes);
    return notes.done;
  }

  private String name(int replica) {
    return world.nameOf(replica);
  }
}
