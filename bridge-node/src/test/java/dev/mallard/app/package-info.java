@NullMarked
package dev.mallard.app;

import org.jspecify.annotations.NullMarked;
