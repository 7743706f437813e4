/**
 * Local networks: real chains, real node processes, everything in one folder, nothing left behind.
 */
@NullMarked
package dev.mallard.testnet.localnet;

import org.jspecify.annotations.NullMarked;
