package dev.mallard.testnet.sim.worlds;

/** Hears what a replica does in one step. */
interface Witness {
  /** It sends a message. */
  void onSent(Message message);

  /** It does something that a person who follows the story wants to know. */
  void onDone(String what);

  /** It breaks a guarantee. */
  void onBreach(String what);
}
