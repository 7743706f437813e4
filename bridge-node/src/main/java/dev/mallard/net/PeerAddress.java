package dev.mallard.net;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;

/**
 * Where a peer is reached and by which key it is known.
 *
 * @param host name or address
 * @param tlsKey SHA-256 over its TLS certificate's SubjectPublicKeyInfo: the pin
 */
public record PeerAddress(ReplicaId id, String host, int port, Hash32 tlsKey) {}
