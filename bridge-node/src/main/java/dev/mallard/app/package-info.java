/**
 * The runtime around the core: loops, workers, and who is wired to whom. Starts at {@link
 * dev.mallard.app.MallardNode}.
 */
@NullMarked
package dev.mallard.app;

import org.jspecify.annotations.NullMarked;
