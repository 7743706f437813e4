package dev.mallard.replica;

/**
 * The event loop of one side of a stream: it drives the side's state machines one step at a time,
 * so that none of them needs a lock (DESIGN section 5). Nothing that blocks runs on it. In a node
 * it is a thread, in the simulator virtual time.
 *
 * <p>Work from outside ({@link #offer}) is refused beyond a limit. Completions of work that the
 * loop itself has asked for ({@link #post}) are always taken; their number is bounded by the
 * windows of the state machines.
 */
public interface StreamLoop extends AutoCloseable {
  /** What a loop drives, on the loop. */
  interface Driven {
    /** Time has passed. */
    void onTick(long nowMillis);

    /** Whether nothing is outstanding, so that ticks may be rare. */
    boolean isIdle();

    /** The loop stopped for good: a bug, or a contradiction that must not be acted upon. */
    void onHalt(Throwable cause);
  }

  /** Makes loops. */
  interface Factory {
    /** One that is not running yet. */
    StreamLoop create(String name);
  }

  /** Begins; work that was handed over before waits until then. Once. */
  void start(Driven driven);

  /** Milliseconds of a clock that never goes back; every input of this loop carries it. */
  long nowMillis();

  /** Milliseconds since 1970, for people to read. */
  long wallMillis();

  /**
   * Takes work from outside, unless too much is waiting or the loop has ended.
   *
   * @param done runs once if the work was taken: after it, or instead of it when the loop ends
   *     first
   */
  boolean offer(Runnable work, Runnable done);

  /** Takes the completion of work that this loop asked for; forgets it when the loop has ended. */
  void post(Runnable completion);

  /**
   * Stops the stream for good: a contradiction was found, and going on could do harm. Any thread;
   * no step begins after it.
   */
  void halt(Throwable cause);

  /** Work that waits, for metrics. */
  int waiting();

  @Override
  void close();
}
