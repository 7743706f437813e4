@NullMarked
package dev.mallard.stake;

import org.jspecify.annotations.NullMarked;
