@NullMarked
package dev.mallard.certify;

import org.jspecify.annotations.NullMarked;
