package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.StateSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica as a table of states and steps that is filled in as it is asked. Cores cannot be
 * copied: a state is had again by letting everything happen once more, from the start, to a new
 * replica. Each step is done once; the walk of the world only looks it up.
 *
 * <p>States with one description ({@link StateSink}) are one state. That is sound as long as
 * descriptions leave nothing out that matters; {@link #checkMerges} tries it.
 */
final class LocalMachine {
  private static final int ROOM_FIRST = 1024;

  private final Post post;
  private final int replica;
  private final Supplier<Actor> newActor;
  private final boolean isKeepingMerges;
  private final Map<Long, LocalState> byDigest = new HashMap<>();
  private final List<Merge> merges = new ArrayList<>();
  private final LocalState initial;
  private volatile LocalState[] byId;

  /** Another way to a state that was known. */
  private record Merge(LocalState state, LocalState before, int input) {}

  /** Gathers a description. */
  private static final class Digest implements StateSink {
    private long value;

    @Override
    public void put(long number) {
      value = Mixing.mix(value, number);
    }
  }

  /** What one step of the core did. */
  private final class Hearing implements Witness {
    private final List<Letter> sent = new ArrayList<>();
    private @Nullable String breach;

    @Override
    public void onSent(Message message) {
      sent.add(post.letter(message));
    }

    @Override
    public void onDone(String what) {}

    @Override
    public void onBreach(String what) {
      if (breach == null) {
        breach = what;
      }
    }
  }

  /**
   * @param newActor makes the replica as it is at the start
   * @param isKeepingMerges whether {@link #checkMerges} will be asked
   */
  LocalMachine(Post post, int replica, Supplier<Actor> newActor, boolean isKeepingMerges) {
    this.post = post;
    this.replica = replica;
    this.newActor = newActor;
    this.isKeepingMerges = isKeepingMerges;
    Actor actor = newActor.get();
    this.initial = new LocalState(0, actor.outlook(), null, 0);
    this.byId = new LocalState[ROOM_FIRST];
    byId[0] = initial;
    byDigest.put(digest(actor), initial);
  }

  /** The state at the start. */
  LocalState initial() {
    return initial;
  }

  /** A state by its number. */
  LocalState state(int id) {
    return byId[id];
  }

  /** How many states were met. */
  synchronized int size() {
    return byDigest.size();
  }

  /** What an input leads to. */
  LocalStep step(LocalState state, int input) {
    LocalStep known = state.step(input);
    return known != null ? known : compute(state, input);
  }

  private LocalStep compute(LocalState state, int input) {
    Actor actor = replay(state);
    Hearing hearing = new Hearing();
    actor.take(post.happening(replica, input), hearing);
    long digest = digest(actor);
    synchronized (this) {
      LocalState next = intern(digest, actor.outlook(), state, input);
      LocalStep step = new LocalStep(next, List.copyOf(hearing.sent), hearing.breach);
      state.learn(input, step);
      return step;
    }
  }

  private LocalState intern(long digest, Outlook outlook, LocalState before, int input) {
    LocalState known = byDigest.get(digest);
    if (known != null) {
      if (isKeepingMerges) {
        merges.add(new Merge(known, before, input));
      }
      return known;
    }
    LocalState state = new LocalState(byDigest.size(), outlook, before, input);
    if (state.id() == byId.length) {
      byId = Arrays.copyOf(byId, 2 * byId.length);
    }
    byId[state.id()] = state;
    byDigest.put(digest, state);
    return state;
  }

  /** A replica in a state. */
  private Actor replay(LocalState state) {
    Deque<Integer> inputs = new ArrayDeque<>();
    LocalState at = state;
    for (LocalState before = at.before(); before != null; before = at.before()) {
      inputs.push(at.input());
      at = before;
    }
    Actor actor = newActor.get();
    for (int input : inputs) {
      actor.take(post.happening(replica, input), new Hearing());
    }
    return actor;
  }

  private static long digest(Actor actor) {
    Digest digest = new Digest();
    actor.describeState(digest);
    return digest.value;
  }

  /** Lets a person hear what a step does. */
  void tell(LocalState state, int input, Witness witness) {
    replay(state).take(post.happening(replica, input), witness);
  }

  /**
   * Tries whether states that were taken for one really are: goes the other ways to them, and
   * compares each step that was asked of them.
   *
   * @return how many steps were compared
   * @throws IllegalStateException if a description leaves something out
   */
  synchronized long checkMerges() {
    long compared = 0;
    for (Merge merge : merges) {
      for (int input = 0; input < merge.state().inputs(); input++) {
        LocalStep expected = merge.state().step(input);
        if (expected != null) {
          compare(merge, input, expected);
          compared++;
        }
      }
    }
    return compared;
  }

  private void compare(Merge merge, int input, LocalStep expected) {
    Actor actor = replay(merge.before());
    actor.take(post.happening(replica, merge.input()), new Hearing());
    Hearing hearing = new Hearing();
    actor.take(post.happening(replica, input), hearing);
    LocalState next = byDigest.get(digest(actor));
    if (next != expected.next() || !hearing.sent.equals(expected.sent())) {
      throw new IllegalStateException(
          "two ways to state "
              + merge.state().id()
              + " part at "
              + post.happening(replica, input)
              + ": "
              + expected.sent()
              + " or "
              + hearing.sent);
    }
  }
}
