package dev.mallard.app;

/**
 * Limits of a stream's loop.
 *
 * @param offeredMax messages of peers that may wait; more are left to back-pressure and
 *     retransmission
 * @param tickMillis how often the state machines see the time
 */
record LoopLimits(int offeredMax, int tickMillis) {}
