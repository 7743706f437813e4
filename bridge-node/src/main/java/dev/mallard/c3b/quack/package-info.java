/**
 * What acknowledgements add up to: quacks, complaints, and how long to wait for them ([QUACK-1],
 * [LOSS-1]).
 */
@NullMarked
package dev.mallard.c3b.quack;

import org.jspecify.annotations.NullMarked;
