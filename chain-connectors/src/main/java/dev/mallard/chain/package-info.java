/**
 * What the bridge needs of a replicated state machine, and nothing of how one family provides it:
 * follow finalized blocks, read the outbox, read the inbox, submit deliveries (DESIGN section 5).
 * One sub-package a chain family.
 */
@NullMarked
package dev.mallard.chain;

import org.jspecify.annotations.NullMarked;
