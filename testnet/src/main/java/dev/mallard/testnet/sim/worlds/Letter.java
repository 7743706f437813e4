package dev.mallard.testnet.sim.worlds;

/**
 * A message that exists in a world, once however often it is sent.
 *
 * @param id its number among all
 * @param input its number among what can happen to its receiver ({@link LocalMachine})
 * @param rank which of several usually arrives first; of the content, so the same in every run
 */
record Letter(int id, Message message, int input, long rank) {
  int to() {
    return message.to();
  }

  int from() {
    return message.from();
  }
}
