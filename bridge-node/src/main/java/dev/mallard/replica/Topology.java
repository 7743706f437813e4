package dev.mallard.replica;

import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;

/** Who stands on which side, seen from this node. */
public record Topology(StakeTable localTable, StakeTable remoteTable, int self) {
  /** A replica of this RSM. */
  public ReplicaId local(int index) {
    return new ReplicaId(localTable.rsm(), index);
  }

  /** A replica of the other RSM. */
  public ReplicaId remote(int index) {
    return new ReplicaId(remoteTable.rsm(), index);
  }

  /** All replicas of the local RSM but this one. */
  public List<ReplicaId> localPeers() {
    List<ReplicaId> peers = new ArrayList<>();
    for (int i = 0; i < localTable.size(); i++) {
      if (i != self) {
        peers.add(local(i));
      }
    }
    return List.copyOf(peers);
  }
}
