@NullMarked
package dev.mallard.chain;

import org.jspecify.annotations.NullMarked;
