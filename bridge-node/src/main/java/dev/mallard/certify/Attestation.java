package dev.mallard.certify;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;

/**
 * A replica's statement that the source transmitted a bundle ([CERT-1]). Beyond count and
 * accumulator it binds the bundle's number and header: without them a liar could cut or number
 * certified entries anew, against [G-1].
 *
 * @param sequence the bundle's number
 * @param count entries of the stream up to and including the bundle
 * @param acc the accumulator after them
 * @param header keccak256 over the bundle header, see BundleHeaderHash
 */
public record Attestation(
    StreamId stream, Epoch epoch, long sequence, long count, Hash32 acc, Hash32 header) {}
