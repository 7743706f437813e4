/**
 * The source side of a stream: first sends, resend rounds and announcements under a window
 * ([SEND-1] to [SEND-3], [LOSS-2]).
 */
@NullMarked
package dev.mallard.c3b.send;

import org.jspecify.annotations.NullMarked;
