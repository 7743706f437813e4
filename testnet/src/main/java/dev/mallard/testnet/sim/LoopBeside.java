package dev.mallard.testnet.sim;

import dev.mallard.replica.StreamLoop;

/** Hands everything on to a loop; to be wrong in one thing. */
public class LoopBeside implements StreamLoop {
  private final StreamLoop sound;

  /** Beside a loop. */
  protected LoopBeside(StreamLoop sound) {
    this.sound = sound;
  }

  /** Does something more with every tick. */
  public static StreamLoop ticking(StreamLoop sound, Runnable more) {
    return new LoopBeside(sound) {
      @Override
      public void start(Driven driven) {
        super.start(
            new Driven() {
              @Override
              public void onTick(long nowMillis) {
                driven.onTick(nowMillis);
                more.run();
              }

              @Override
              public boolean isIdle() {
                return driven.isIdle();
              }

              @Override
              public void onHalt(Throwable cause) {
                driven.onHalt(cause);
              }
            });
      }
    };
  }

  @Override
  public void start(Driven driven) {
    sound.start(driven);
  }

  @Override
  public long nowMillis() {
    return sound.nowMillis();
  }

  @Override
  public long wallMillis() {
    return sound.wallMillis();
  }

  @Override
  public boolean offer(Runnable work, Runnable done) {
    return sound.offer(work, done);
  }

  @Override
  public void post(Runnable completion) {
    sound.post(completion);
  }

  @Override
  public void halt(Throwable cause) {
    sound.halt(cause);
  }

  @Override
  public int waiting() {
    return sound.waiting();
  }

  @Override
  public void close() {
    sound.close();
  }
}
