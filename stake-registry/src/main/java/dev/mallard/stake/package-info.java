/**
 * Who holds how much stake, and what that stake decides: identities, stake tables, fault models,
 * quorums and apportionment.
 *
 * <p>Everything here is a pure value of {@code java.base}: no thread, no IO, no clock. The protocol
 * core counts with these types, so two replicas with the same stake table always reach the same
 * decision [SCHED-5]. Where tables come from is the business of {@code dev.mallard.stake.source}.
 */
@NullMarked
package dev.mallard.stake;

import org.jspecify.annotations.NullMarked;
