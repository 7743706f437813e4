package dev.mallard.c3b;

/** Why something a peer sent was turned down ([RECV-1]); counted against the peer, never fatal. */
public enum PeerFault {
  /** The stream is not one of this node's. */
  UNKNOWN_STREAM,
  /** No stake table of that epoch is known. */
  UNKNOWN_EPOCH,
  /** Beyond the receive window ([G-4]). */
  OUTSIDE_WINDOW,
  /** The entries do not lead from the accumulator before to the one after. */
  BROKEN_HASH_CHAIN,
  /** It contradicts a neighbouring bundle that is held and certified. */
  BROKEN_CONTINUITY,
  /** The certificate's signers do not reach the threshold, or a signature is wrong ([CERT-2]). */
  BAD_CERTIFICATE,
  /** An acknowledgement, attestation or handshake with a wrong signature. */
  BAD_SIGNATURE,
  /** It cannot be decoded or is larger than the limits. */
  BAD_FRAME,
  /** More than a correct peer would ever send. */
  FLOOD,
  /** Two statements that contradict each other ([CERT-3]). */
  EQUIVOCATION
}
