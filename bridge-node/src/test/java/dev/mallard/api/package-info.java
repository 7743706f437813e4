/** Tests of the REST interface over real HTTP. */
@NullMarked
package dev.mallard.api;

import org.jspecify.annotations.NullMarked;
