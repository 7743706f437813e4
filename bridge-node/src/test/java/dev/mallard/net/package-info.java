@NullMarked
package dev.mallard.net;

import org.jspecify.annotations.NullMarked;
