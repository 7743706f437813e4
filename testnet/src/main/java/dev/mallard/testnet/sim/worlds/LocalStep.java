package dev.mallard.testnet.sim.worlds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one replica does with one input in one state.
 *
 * @param sent messages that it sends, in order
 * @param breach the first guarantee that it breaks by that, if any
 */
record LocalStep(LocalState next, List<Letter> sent, @Nullable String breach) {}
