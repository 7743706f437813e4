package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainHealth;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual chain as one replica's process sees it: with the checks of the EVM connector, and with
 * what is wrong with its RPC ({@link RpcFaults}). Answers are shared between replicas wherever
 * nothing is wrong.
 */
public final class VirtualRpc implements ChainConnector {
  private final VirtualChain chain;
  private final int replica;
  private final RpcFaults faults;
  private final ReadCheck check;
  private long finalizedSeen;
  private long failures;
  private long suspects;
  private String lastError = "";
  private @Nullable Runnable hint;

  VirtualRpc(VirtualChain chain, int replica, RpcFaults faults, ReadCheck check) {
    this.chain = chain;
    this.replica = replica;
    this.faults = faults;
    this.check = check;
  }

  @Override
  public RsmId rsm() {
    return chain.id();
  }

  @Override
  public ChainHeads heads() throws ChainUnavailableException {
    answer();
    ChainHeads heads = visible();
    long finalized = heads.finalized().ref().number();
    if (finalized < finalizedSeen) {
      throw unavailable("its finalized head is behind what was seen");
    }
    finalizedSeen = finalized;
    return heads;
  }

  @Override
  public OutboxCursor start(StreamId stream) throws ChainUnavailableException {
    answer();
    return new OutboxCursor(chain.block(0).head().ref(), 0, Hash32.ZERO);
  }

  @Override
  public OutboxRead readOutbox(
      StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException {
    requireStream(stream, chain.outgoing());
    answer();
    BlockRef head = finalized.ref();
    if (head.number() < cursor.block().number()) {
      return suspect("the finalized head " + head + " is behind the cursor " + cursor.block());
    }
    if (head.number() > visible().finalized().ref().number()) {
      throw unavailable("it does not know block " + head + " as final");
    }
    if (faults.isFinalityBroken() || !chain.isOnChain(cursor.block())) {
      BlockRef other = new BlockRef(head.number(), Block.hash(head.number()));
      return new OutboxRead.FinalityBroken(cursor.block(), other);
    }
    return read(cursor, head, blocksMax);
  }

  private OutboxRead read(OutboxCursor cursor, BlockRef head, int blocksMax) {
    VirtualOutbox outbox = chain.outbox();
    long target = chain.block(head.number()).outboxCount();
    if (cursor.count() > target || !cursor.acc().equals(outbox.accAt(cursor.count()))) {
      return suspect("the Outbox does not have what was read up to " + cursor);
    }
    List<BlockEntries> blocks = outbox.after(cursor, target, Math.max(1, blocksMax));
    OutboxCursor next = next(blocks, head, target);
    OutboxRead read =
        faults.isDroppingLogs()
            ? judge(cursor, lossy(blocks), next)
            : new OutboxRead.Progress(blocks, next);
    if (read instanceof OutboxRead.Suspect suspect) {
      return suspect(suspect.reason());
    }
    return read;
  }

  /** The contract's word behind the blocks, or at the head if nothing is left to read. */
  private OutboxCursor next(List<BlockEntries> blocks, BlockRef head, long target) {
    BlockRef ref = head;
    long count = target;
    if (!blocks.isEmpty() && blocks.getLast().entries().getLast().index() < target) {
      ref = blocks.getLast().block().ref();
      count = blocks.getLast().entries().getLast().index();
    }
    return new OutboxCursor(ref, count, chain.outbox().accAt(count));
  }

  /** Hashes only if something is missing: what the chain has itself fits together. */
  private OutboxRead judge(OutboxCursor cursor, List<BlockEntries> read, OutboxCursor claimed) {
    long entries = 0;
    for (BlockEntries block : read) {
      entries += block.entries().size();
    }
    return entries == claimed.count() - cursor.count()
        ? new OutboxRead.Progress(read, claimed)
        : check.judge(cursor, read, claimed);
  }

  /** What is left when logs are missing. */
  private List<BlockEntries> lossy(List<BlockEntries> blocks) {
    List<BlockEntries> left = new ArrayList<>();
    for (BlockEntries block : blocks) {
      List<OutboxEntry> entries = new ArrayList<>();
      List<Hash32> transactions = new ArrayList<>();
      for (int i = 0; i < block.entries().size(); i++) {
        if (!faults.isLogDropped()) {
          entries.add(block.entries().get(i));
          transactions.add(block.transactions().get(i));
        }
      }
      if (!entries.isEmpty()) {
        left.add(new BlockEntries(block.block(), entries, transactions));
      }
    }
    return left;
  }

  @Override
  public InboxState inbox(StreamId stream, BlockRef at) throws ChainUnavailableException {
    requireStream(stream, chain.incoming());
    answer();
    if (at.number() > visible().latest().ref().number() || !chain.isOnChain(at)) {
      throw unavailable("it does not know block " + at);
    }
    return chain.block(at.number()).inbox();
  }

  /** None: they are for people, and the simulator has its observers. */
  @Override
  public List<InboxEvent> inboxEvents(StreamId incoming, long fromBlock, long toBlock)
      throws ChainUnavailableException {
    answer();
    return List.of();
  }

  @Override
  public StakeTable remoteStakeTable(RsmId source, Epoch epoch) throws ChainUnavailableException {
    answer();
    StakeTable table = chain.remoteTable();
    if (!table.rsm().equals(source) || !table.epoch().equals(epoch)) {
      throw unavailable("the Inbox has no stake table of " + source + " for epoch " + epoch);
    }
    return table;
  }

  @Override
  public DeliverySubmitter submitter(StreamId incoming) {
    requireStream(incoming, chain.incoming());
    return new VirtualSubmitter(chain, this, replica);
  }

  @Override
  public void onHeadHint(Runnable whenMoved) {
    if (hint == null) {
      chain.addHinted(this);
    }
    hint = whenMoved;
  }

  @Override
  public ChainHealth health() {
    return new ChainHealth(
        List.of(
            new ChainHealth.Endpoint("sim:" + rsm() + "/" + replica, true, failures, lastError)),
        suspects);
  }

  @Override
  public void close() {
    chain.removeHinted(this);
    hint = null;
  }

  void hint() {
    if (hint != null && !faults.isDown()) {
      hint.run();
    }
  }

  /** Throws if this call gets no answer. */
  void answer() throws ChainUnavailableException {
    if (faults.isDown()) {
      throw unavailable("it is down");
    }
    if (faults.isError()) {
      throw unavailable("it answered with an error");
    }
  }

  RpcFaults faults() {
    return faults;
  }

  /** The chain as this RPC knows it. */
  ChainHeads visible() {
    int stale = faults.staleBlocks();
    if (stale == 0) {
      return chain.heads();
    }
    long latest = Math.max(0, chain.latest().number() - stale);
    long finalized = Math.max(0, latest - chain.finalityBlocks());
    return new ChainHeads(chain.block(latest).head(), chain.block(finalized).head());
  }

  ChainUnavailableException unavailable(String why) {
    failures++;
    lastError = why;
    return new ChainUnavailableException("chain " + rsm() + " of replica " + replica + ": " + why);
  }

  private OutboxRead suspect(String reason) {
    suspects++;
    return new OutboxRead.Suspect(reason);
  }

  private static void requireStream(StreamId given, StreamId expected) {
    if (!given.equals(expected)) {
      throw new IllegalArgumentException("stream " + given + " where " + expected + " is meant");
    }
  }
}
