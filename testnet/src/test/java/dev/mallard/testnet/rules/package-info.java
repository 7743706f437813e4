/**
 * Rules that the whole repository keeps: who may import whom, and that every protocol clause has
 * code and a test.
 */
@NullMarked
package dev.mallard.testnet.rules;

import org.jspecify.annotations.NullMarked;
