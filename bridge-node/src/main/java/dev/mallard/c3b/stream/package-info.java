/** What C3B transmits and how it is numbered. Values only. */
@NullMarked
package dev.mallard.c3b.stream;

import org.jspecify.annotations.NullMarked;
