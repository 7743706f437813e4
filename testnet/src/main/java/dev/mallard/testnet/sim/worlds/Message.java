package dev.mallard.testnet.sim.worlds;

/**
 * A message on its way.
 *
 * @param from replica that sent it, numbered as in {@link World}
 * @param to replica that is to get it
 */
record Message(int from, int to, Saying saying) {}
