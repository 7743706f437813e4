@NullMarked
package dev.mallard.c3b.schedule;

import org.jspecify.annotations.NullMarked;
