@NullMarked
package dev.mallard.deliver;

import org.jspecify.annotations.NullMarked;
