/**
 * The replica's state machine of Cross-Cluster Consistent Broadcast: {@link dev.mallard.c3b.Input}s
 * in, {@link dev.mallard.c3b.Effect}s out. No clock, no thread, no randomness, no IO, no logging:
 * time enters with every input, and the same classes run in the node and in the simulator (DESIGN
 * section 5).
 */
@NullMarked
package dev.mallard.c3b;

import org.jspecify.annotations.NullMarked;
