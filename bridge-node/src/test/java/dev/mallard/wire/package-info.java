@NullMarked
package dev.mallard.wire;

import org.jspecify.annotations.NullMarked;
