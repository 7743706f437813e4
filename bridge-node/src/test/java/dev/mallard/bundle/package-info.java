@NullMarked
package dev.mallard.bundle;

import org.jspecify.annotations.NullMarked;
