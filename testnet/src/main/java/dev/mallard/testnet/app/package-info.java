/** The {@code mallard} command and its subcommands. */
@NullMarked
package dev.mallard.testnet.app;

import org.jspecify.annotations.NullMarked;
