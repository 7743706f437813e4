@NullMarked
package dev.mallard.replica;

import org.jspecify.annotations.NullMarked;
