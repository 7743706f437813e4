/**
 * Where stake tables come from: a file that an operator writes, or the StakeRegistry contract of an
 * EVM chain.
 *
 * <p>Files and RPC answers are untrusted; a {@link dev.mallard.stake.source.Registry} is what
 * passed the checks here.
 */
@NullMarked
package dev.mallard.stake.source;

import org.jspecify.annotations.NullMarked;
