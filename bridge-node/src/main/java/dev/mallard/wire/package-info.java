/**
 * What peers say to each other, and its bytes: length-prefixed frames with hard limits. No sockets
 * here.
 */
@NullMarked
package dev.mallard.wire;

import org.jspecify.annotations.NullMarked;
