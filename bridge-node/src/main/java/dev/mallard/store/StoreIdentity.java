package dev.mallard.store;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.util.List;

/**
 * Whose store a folder is. Written when the store is created and compared at each opening: a
 * high-water mark that belongs to another key or chain would guard nothing ([CERT-1]).
 *
 * @param rsm the chain this node stands beside
 * @param key the replica's bridge key
 * @param streams every stream it keeps records of; streams may be added later, not taken away
 */
public record StoreIdentity(RsmId rsm, BridgeAddress key, List<StreamId> streams) {
  /** Streams of one node at most. */
  public static final int STREAMS_MAX = 1024;

  public StoreIdentity {
    streams = streams.stream().distinct().sorted().toList();
    if (streams.isEmpty() || streams.size() > STREAMS_MAX) {
      throw new IllegalArgumentException(
          "a store keeps 1 to " + STREAMS_MAX + " streams, got " + streams.size());
    }
    for (StreamId stream : streams) {
      if (!stream.source().equals(rsm) && !stream.destination().equals(rsm)) {
        throw new IllegalArgumentException("stream " + stream + " does not touch RSM " + rsm);
      }
    }
  }
}
