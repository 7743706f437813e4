/**
 * Connections between bridge nodes: TLS 1.3 with pinned keys both ways, bounded queues, batched
 * frames.
 */
@NullMarked
package dev.mallard.net;

import org.jspecify.annotations.NullMarked;
