/**
 * The destination side of a stream: what is held, verified, fetched and acknowledged ([RECV-1] to
 * [RECV-3], [GC-1] to [GC-3]).
 */
@NullMarked
package dev.mallard.c3b.receive;

import org.jspecify.annotations.NullMarked;
