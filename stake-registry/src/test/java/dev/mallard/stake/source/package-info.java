@NullMarked
package dev.mallard.stake.source;

import org.jspecify.annotations.NullMarked;
