/**
 * Acknowledgements: the cumulative number, the phi-list beyond it, and when to send them ([ACK-1],
 * [ACK-2]).
 */
@NullMarked
package dev.mallard.c3b.ack;

import org.jspecify.annotations.NullMarked;
