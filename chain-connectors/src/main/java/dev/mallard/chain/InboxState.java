package dev.mallard.chain;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;

/**
 * What the destination's Inbox says of one stream at one block ([DLV-1], [GC-3]).
 *
 * @param count entries accepted (executed, failed or expired)
 * @param sequence number of the last bundle accepted
 * @param epoch of the source's stake table in force
 */
public record InboxState(BlockRef at, long count, long sequence, Epoch epoch, Hash32 acc) {}
