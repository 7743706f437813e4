/**
 * Small worlds, walked whole: every order of events and every placing of the faults that a world
 * allows, over the very core that the node runs.
 *
 * <p>A replica is a state machine of its own ({@link dev.mallard.testnet.sim.worlds.LocalMachine}):
 * what it does with an input in a state is asked of the real core once, and remembered. A state of
 * the world is then a few numbers ({@link dev.mallard.testnet.sim.worlds.Moves}), and millions of
 * them fit the time and memory of one machine ({@link dev.mallard.testnet.sim.worlds.Exploration}).
 */
@NullMarked
package dev.mallard.testnet.sim.worlds;

import org.jspecify.annotations.NullMarked;
