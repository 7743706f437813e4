package dev.mallard.testnet.localnet;

/** Hears what a long action is doing, a line at a time. */
@FunctionalInterface
public interface Progress {
  /** Something was begun or reached. */
  void onStep(String line);
}
