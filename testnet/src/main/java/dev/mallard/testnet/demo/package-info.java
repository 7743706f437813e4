/**
 * The demo: a script of transfers and kills, what it saw, and the checks that decide its exit code.
 */
@NullMarked
package dev.mallard.testnet.demo;

import org.jspecify.annotations.NullMarked;
