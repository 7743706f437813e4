package dev.mallard.c3b;

/** Takes the effects of one step, in order. */
@FunctionalInterface
public interface EffectSink {
  /** Called by the core during a step; must not call back into the core. */
  void accept(Effect effect);
}
