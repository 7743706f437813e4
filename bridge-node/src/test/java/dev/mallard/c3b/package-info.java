@NullMarked
package dev.mallard.c3b;

import org.jspecify.annotations.NullMarked;
