package dev.mallard.testnet.sim.worlds;

import dev.mallard.testnet.sim.worlds.Moves.Event;
import dev.mallard.testnet.sim.worlds.Moves.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks a world in one {@link Manner}, depth by depth, each state once. The first breach found is
 * therefore one of those that the fewest events, or surprises, lead to.
 */
final class Exploration {
  /**
   * Where a guarantee is broken: after one more event from a state, and so many more that take
   * their turn.
   */
  private record Found(long from, Event event, int more, String breach) {}

  private final Cast cast;
  private final String place;
  private final Manner manner;
  private final int depthMax;
  private final Limits limits;
  private final Progress progress;
  private final KeySet visited = new KeySet(true);
  private final KeySet good = new KeySet(false);
  private final AtomicReference<@Nullable Found> found = new AtomicReference<>();
  private final AtomicReference<@Nullable Found> foundLater = new AtomicReference<>();
  private final List<Worker> workers = new ArrayList<>();
  private final long startedAt = System.nanoTime();
  private final long endsAt;
  private volatile boolean isOutOfTime;

  Exploration(Cast cast, String place, Limits limits, Progress progress) {
    this.cast = cast;
    this.place = place;
    this.manner = cast.span().manner();
    this.depthMax = Math.min(limits.depthMax(), cast.span().depthMax());
    this.limits = limits;
    this.progress = progress;
    this.endsAt = startedAt + limits.duration().toNanos();
    for (int i = 0; i < limits.workers(); i++) {
      workers.add(new Worker());
    }
  }

  /** Explores until there is nothing new, something is broken, or a bound or limit is reached. */
  Walk run() {
    try (ExecutorService threads = Executors.newFixedThreadPool(limits.workers())) {
      Frontier level = new Frontier();
      workers.getFirst().begin(level);
      int depth = -1; // of which every state was looked at
      int goal = depthMax;
      int depthOfNews = 0;
      while (level.size() > 0 && depth < goal) {
        Frontier next = depth < 0 ? level : next(threads, level);
        level = manner == Manner.EVENTS ? next : goOnAsUsual(threads, next, depth + 1 < depthMax);
        if (isOver()) {
          break;
        }
        depth++;
        depthOfNews = next.size() > 0 ? depth : depthOfNews;
        goal = Math.min(goal, goal(depth));
        progress.onDepth(place, manner, depth, visited.size(), next.size());
      }
      boolean isExhausted = level.size() == 0 && depth < depthMax;
      return walk(depth, depthOfNews, isExhausted);
    }
  }

  /** What one more event, or surprise, leads to. */
  private Frontier next(ExecutorService threads, Frontier level) {
    Frontier next = new Frontier();
    expand(threads, level, next, manner == Manner.EVENTS ? Worker::all : Worker::surprising);
    return next;
  }

  /**
   * All states that follow without a further surprise.
   *
   * @param isKept whether they, and those they follow from, are needed again
   */
  private Frontier goOnAsUsual(ExecutorService threads, Frontier from, boolean isKept) {
    Frontier level = new Frontier();
    for (Frontier latest = from; latest.size() > 0; ) {
      if (isKept) {
        level.addAll(latest);
      }
      Frontier next = new Frontier();
      expand(threads, latest, next, Worker::usual);
      latest = next;
    }
    return level;
  }

  /** Up to where a shorter way may be found to what a fair run came upon. */
  private int goal(int depth) {
    Found later = foundLater.get();
    if (later == null) {
      return Integer.MAX_VALUE;
    }
    return manner == Manner.EVENTS ? depth + later.more() : depth;
  }

  private boolean isOver() {
    return found.get() != null || isCut();
  }

  private boolean isCut() {
    return isOutOfTime || visited.size() >= limits.statesMax();
  }

  private void expand(
      ExecutorService threads,
      Frontier from,
      Frontier to,
      BiConsumer<Worker, Frontier.Reader> task) {
    List<Future<?>> shares = new ArrayList<>();
    for (Worker worker : workers) {
      shares.add(threads.submit(() -> worker.work(from, to, task)));
    }
    for (Future<?> share : shares) {
      try {
        share.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        threads.shutdownNow();
        throw new IllegalStateException(e);
      }
    }
  }

  private Walk walk(int depth, int depthOfNews, boolean isExhausted) {
    Duration duration = Duration.ofNanos(System.nanoTime() - startedAt);
    Found now = found.get();
    Found broken = now != null ? now : foundLater.get();
    boolean isDeepEnough = isExhausted || depth == cast.span().depthMax();
    return new Walk(
        place,
        cast.span(),
        visited.size(),
        workers.stream().mapToLong(worker -> worker.steps).sum(),
        cast.localStates(),
        depthOfNews,
        isExhausted && !isCut(),
        duration,
        broken == null && (isCut() || !isDeepEnough) ? Optional.of(cut(depth)) : Optional.empty(),
        Optional.ofNullable(broken).map(this::story));
  }

  private String cut(int depth) {
    String why =
        isOutOfTime ? "its time was over" : isCut() ? "it had states enough" : "it was deep enough";
    return depth < 0
        ? why + "; not even what follows without a surprise was all looked at"
        : String.format(
            Locale.ROOT, "%s; every state up to %d %s was looked at", why, depth, manner.counted());
  }

  private Story story(Found broken) {
    List<Long> keys = new ArrayList<>();
    long key = broken.from();
    keys.add(key);
    for (long from = visited.from(key); from != key; from = visited.from(key)) {
      keys.add(from);
      key = from;
    }
    Collections.reverse(keys);
    Teller teller = new Teller(cast);
    WorldState end = teller.tell(keys, broken.event());
    if (broken.more() > 0) {
      new FairRun(cast, new KeySet(false)).tell(end, teller::tell);
    }
    return teller.story(broken.breach());
  }

  /** One thread's share. */
  private final class Worker implements Moves.Visitor {
    private final WorldState state = new WorldState(cast);
    private final Moves moves = new Moves(cast);
    private final Surprises surprises = new Surprises(cast, moves);
    private final Guard guard = new Guard(cast);
    private final FairRun fairRun = new FairRun(cast, good);
    private long key;
    private long steps;
    private Frontier.@Nullable Writer out;

    void begin(Frontier frontier) {
      Frontier.Writer writer = new Frontier.Writer(frontier);
      state.begin();
      key = state.key();
      visited.add(key, key);
      writer.add(state);
      writer.flush();
    }

    void work(Frontier from, Frontier to, BiConsumer<Worker, Frontier.Reader> task) {
      Frontier.Writer writer = new Frontier.Writer(to);
      out = writer;
      for (byte[] chunk = from.take(); chunk.length > 0 && isWorkLeft(); chunk = from.take()) {
        task.accept(this, new Frontier.Reader(chunk));
      }
      writer.flush();
    }

    private boolean isWorkLeft() {
      isOutOfTime |= System.nanoTime() >= endsAt;
      return !isOver();
    }

    void all(Frontier.Reader reader) {
      while (reader.next(state)) {
        key = state.key();
        moves.from(state, this);
      }
    }

    void usual(Frontier.Reader reader) {
      while (reader.next(state)) {
        key = state.key();
        surprises.usual(state, this);
      }
    }

    void surprising(Frontier.Reader reader) {
      while (reader.next(state)) {
        key = state.key();
        surprises.surprising(state, this);
      }
    }

    @Override
    public void visit(Kind kind, int replica, int input, int letter, WorldState next) {
      steps++;
      Event event = new Event(kind, replica, input, letter);
      String breach = next.breach();
      if (breach == null) {
        if ((manner == Manner.EVENTS && next.isCrowded()) || !visited.add(next.key(), key)) {
          return;
        }
        breach = guard.check(next);
        FairRun.Outcome outcome = breach == null ? fairRun.check(next) : null;
        if (outcome != null && outcome.events() > 0) {
          foundLater.compareAndSet(null, new Found(key, event, outcome.events(), outcome.breach()));
        } else if (outcome != null) {
          breach = outcome.breach();
        }
      }
      Frontier.Writer writer = out;
      if (breach != null) {
        found.compareAndSet(null, new Found(key, event, 0, breach));
      } else if (writer != null) {
        writer.add(next);
      }
    }
  }
}
