package dev.mallard.api;

import dev.mallard.c3b.PeerFault;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHealth;
import dev.mallard.net.PeerStatus;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StreamId;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageRecord;
import dev.mallard.store.MessageStage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of chain 1 with a stream each way to chain 2, whose health tests can spoil. */
public final class FakeNodeView implements NodeView {
  static final RsmId LOCAL = new RsmId(1);
  static final RsmId REMOTE = new RsmId(2);
  static final StreamId OUT = new StreamId(LOCAL, REMOTE);
  static final StreamId IN = new StreamId(REMOTE, LOCAL);
  static final NodeStatus.Health SICK =
      new NodeStatus.Health(
          "chain", false, "the newest block is 90 s old", "look at the chain's RPC");

  private final FakeMessageIndex index = new FakeMessageIndex();
  private volatile boolean sick;
  private volatile boolean faulty;

  /** From now on one health row is not ok. */
  public void becomeSick() {
    sick = true;
  }

  /** From now on every status throws: a bug of the node. */
  void becomeFaulty() {
    faulty = true;
  }

  FakeMessageIndex index() {
    return index;
  }

  @Override
  public NodeStatus status() {
    if (faulty) {
      throw new IllegalStateException("secret inside");
    }
    NodeStatus.Health well = new NodeStatus.Health("store", true, "all commits durable", "");
    return new NodeStatus(
        new NodeStatus.Identity(
            new ReplicaId(LOCAL, 0), BridgeAddress.ZERO, Stake.of(40), Stake.of(100), new Epoch(1)),
        "1.0",
        1_000,
        chain(),
        List.of(new NodeStatus.Source(OUT, 90, 31, 12, 11, 9, 2, true, 3, 1, "acks of 2/0", "")),
        List.of(new NodeStatus.Destination(IN, 8, 7, 6, 5, 20, 4, 2, 0, "", "")),
        sick ? List.of(well, SICK) : List.of(well));
  }

  private static NodeStatus.Chain chain() {
    return new NodeStatus.Chain(
        Optional.of(head(100)),
        Optional.of(head(96)),
        1_700_000_000_000L,
        new ChainHealth(
            List.of(new ChainHealth.Endpoint("http://127.0.0.1:8545", true, 2, "")), 1));
  }

  private static BlockHead head(long number) {
    return new BlockHead(new BlockRef(number, Hash32.ZERO), Hash32.ZERO, 1_700_000_000L);
  }

  @Override
  public List<Peer> peers() {
    return List.of(
        peer(LOCAL, 1, true, 35),
        peer(LOCAL, 2, false, 25),
        peer(REMOTE, 0, true, 70),
        peer(REMOTE, 1, true, 30));
  }

  private static Peer peer(RsmId rsm, int index, boolean connected, long stake) {
    PeerStatus status =
        new PeerStatus(
            new ReplicaId(rsm, index),
            "127.0.0.1:" + (7000 + index),
            connected,
            connected ? 1_700_000_000_000L : 0,
            10,
            1,
            connected ? Map.of() : Map.of(PeerFault.BAD_FRAME, 3L),
            connected ? "" : "connection refused");
    return new Peer(status, Stake.of(stake), stake / 100.0);
  }

  @Override
  public MessageIndex messages() {
    return index;
  }

  @Override
  public String waitsOn(MessageRecord message) {
    return message.times().containsKey(MessageStage.RECEIPT) ? "" : "the next ack of 2/0";
  }
}
