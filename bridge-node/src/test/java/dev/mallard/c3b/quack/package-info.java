@NullMarked
package dev.mallard.c3b.quack;

import org.jspecify.annotations.NullMarked;
