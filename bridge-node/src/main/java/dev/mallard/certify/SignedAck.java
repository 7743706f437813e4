package dev.mallard.certify;

import dev.mallard.c3b.ack.AckProof;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StreamId;

/**
 * A replica's signed cumulative acknowledgement ([ACK-1]); can be shown to anyone ([G-6],
 * [QUACK-2]).
 *
 * @param epoch of the receiving RSM's stake table
 * @param cumulative p: it holds every bundle up to it
 */
public record SignedAck(StreamId stream, Epoch epoch, long cumulative, Signature signature)
    implements AckProof {}
