package dev.mallard.testnet.sim.chain;

import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.testnet.sim.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One chain of the simulator: blocks in virtual time, of which the newest may be replaced until
 * they are final; an Outbox towards the other chain, an Inbox from it, and the application that
 * uses both. Clients {@link #send}; each replica sees it through {@link #rpc}; checkers read the
 * truth here.
 */
public final class VirtualChain {
  /**
   * The chain's time when the run begins, seconds since 1970; a constant, for there is no clock.
   */
  public static final long EPOCH_SECONDS = 1_700_000_000L;

  private static final long MILLIS = 1000;

  private final RsmId id;
  private final RsmId remote;
  private final StakeTable remoteTable;
  private final Timeline time;
  private final ChainProfile profile;
  private final ChainObserver observer;
  private final Chance chance;
  private final long rpcSeed;
  private final Pool pool;
  private final VirtualOutbox outbox;
  private final VirtualInbox inbox;
  private final ChainState state;
  private final List<Block> blocks = new ArrayList<>();
  private final List<RpcFaults> faults = new ArrayList<>();
  private final List<Long> nonces = new ArrayList<>();
  private final Runnable tick = this::tick;
  private final ReadCheck readCheck;
  private ChainHeads heads;
  private List<VirtualRpc> hinted = List.of();
  private long haltedUntil;
  private long salt;

  /** A chain with the contracts as they should be. */
  public VirtualChain(
      RsmId id,
      RsmId remote,
      BridgeAddress inbox,
      StakeTable remoteTable,
      SignatureScheme scheme,
      Timeline time,
      ChainProfile profile,
      RandomGenerator random,
      ChainObserver observer) {
    this(
        id,
        remote,
        remoteTable,
        time,
        profile,
        random,
        observer,
        ChainContracts.of(id, inbox, remoteTable, scheme, new RememberedAccumulator()));
  }

  /** A chain with given contracts: planted faults, or an accumulator that others share. */
  public VirtualChain(
      RsmId id,
      RsmId remote,
      StakeTable remoteTable,
      Timeline time,
      ChainProfile profile,
      RandomGenerator random,
      ChainObserver observer,
      ChainContracts contracts) {
    this.id = id;
    this.remote = remote;
    this.remoteTable = remoteTable;
    this.time = time;
    this.profile = profile;
    this.observer = observer;
    this.chance = new Chance(random.nextLong());
    this.pool = new Pool(profile, new Chance(random.nextLong()), id.value());
    this.rpcSeed = random.nextLong();
    this.readCheck = new AccumulatorCheck(outgoing());
    long mix = Block.mix(id.value());
    BlockHead genesis =
        new BlockHead(new BlockRef(0, Block.hash(mix)), Hash32.ZERO, secondsAt(time.now()));
    this.outbox = new VirtualOutbox(outgoing(), contracts.accumulator());
    this.inbox =
        new VirtualInbox(
            incoming(),
            remoteTable.epoch(),
            contracts.rules(),
            contracts.accumulator(),
            genesis.ref());
    this.state = new ChainState(contracts.application(), observer, outbox, this.inbox);
    this.heads = new ChainHeads(genesis, genesis);
    blocks.add(new Block(genesis, mix, inbox.state(), 0, 0, 0, List.of()));
  }

  // --- the world's handles ---

  /** Begins to make blocks, the first one after a block time. */
  public void start() {
    time.after(profile.blockMillis(), tick);
  }

  /** Makes no blocks for a while from now on. */
  public void halt(long millis) {
    haltedUntil = Math.max(haltedUntil, time.now() + millis);
  }

  /** A client's message: in the next block. */
  public void send(SendRequest request) {
    pool.send(request);
  }

  /** A replica's connector, as a process makes it when it starts: it remembers nothing. */
  public VirtualRpc rpc(int replica) {
    return rpc(replica, readCheck);
  }

  /** A connector that judges readings in its own way: for planted faults. */
  public VirtualRpc rpc(int replica, ReadCheck check) {
    return new VirtualRpc(this, replica, faults(replica), check);
  }

  /** What is wrong with a replica's RPC. */
  public RpcFaults faults(int replica) {
    while (faults.size() <= replica) {
      faults.add(new RpcFaults(time, new Chance(Block.mix(rpcSeed + faults.size()))));
    }
    return faults.get(replica);
  }

  // --- the truth ---

  /** Which chain. */
  public RsmId id() {
    return id;
  }

  /** The stream that leaves here. */
  public StreamId outgoing() {
    return new StreamId(id, remote);
  }

  /** The stream that arrives here. */
  public StreamId incoming() {
    return new StreamId(remote, id);
  }

  /** Newest and newest final block. */
  public ChainHeads heads() {
    return heads;
  }

  /** Seconds since 1970 by this chain's clock, which deadlines are compared with. */
  public long nowSeconds() {
    return secondsAt(time.now());
  }

  /** Blocks with entries that are final, in order; a view. */
  public List<BlockEntries> finalizedEntries() {
    return outbox.finalized();
  }

  /** Entries sent, in the newest block. */
  public long outboxCount() {
    return outbox.count();
  }

  /** Entries sent that are final. */
  public long finalizedOutboxCount() {
    return outbox.finalizedCount();
  }

  /** An entry that was sent, by index from 1. */
  public OutboxEntry sent(long index) {
    return outbox.entry(index);
  }

  /** The Outbox's accumulator after an entry. */
  public Hash32 accAt(long count) {
    return outbox.accAt(count);
  }

  /** The Inbox in the newest block. */
  public InboxState inboxLatest() {
    return inbox.state();
  }

  /** The Inbox in the newest final block. */
  public InboxState inboxFinalized() {
    return block(heads.finalized().ref().number()).inbox();
  }

  /** What was executed, in order, as the newest block has it; a view. */
  public List<Execution> executions() {
    return state.executions();
  }

  /** How many of {@link #executions} are final. */
  public int finalizedExecutions() {
    return block(heads.finalized().ref().number()).executions();
  }

  /** The value on this chain, in the newest block. */
  public Ledger ledger() {
    return state.ledger();
  }

  /** Mixed from all that happened: the same for two runs of one seed. */
  public long digest() {
    return state.digest();
  }

  // --- making blocks ---

  private void tick() {
    time.after(profile.blockMillis(), tick);
    if (time.now() < haltedUntil) {
      return;
    }
    replaceSome();
    append(secondsAt(time.now()), Integer.MAX_VALUE);
    advanceFinality();
    for (VirtualRpc rpc : hinted) {
      rpc.hint();
    }
  }

  /** Replaces some blocks that are not final, by chance. */
  private void replaceSome() {
    int open = (int) (latest().number() - heads.finalized().ref().number());
    int depthMax = Math.min(open, profile.reorgDepthMax());
    if (depthMax == 0 || !chance.happens(profile.reorgPerMille())) {
      return;
    }
    reorg(1 + chance.below(depthMax));
  }

  /** Replaces the newest blocks, at most those that are not final. */
  public void reorg(int depth) {
    int open = (int) (latest().number() - heads.finalized().ref().number());
    if (depth < 1 || depth > open) {
      throw new IllegalArgumentException(
          depth + " blocks cannot be replaced where " + open + " are not final");
    }
    observer.onReorg(depth);
    int keep = blocks.size() - depth;
    List<Block> replaced = List.copyOf(blocks.subList(keep, blocks.size()));
    blocks.subList(keep, blocks.size()).clear();
    state.undoTo(latest());
    List<Transaction> transactions = new ArrayList<>();
    for (Block block : replaced) {
      transactions.addAll(block.transactions());
    }
    pool.putBack(transactions);
    salt++;
    for (Block block : replaced) {
      append(block.head().timestampSeconds(), chance.below(pool.size() + 1));
    }
  }

  private void append(long timestampSeconds, int transactionsMax) {
    Block parent = latest();
    long mix = Block.mixAfter(parent.mix(), parent.number() + 1, salt);
    BlockHead head = Block.headAfter(parent.head(), mix, timestampSeconds);
    List<Transaction> transactions = pool.takeFor(head.ref().number(), transactionsMax);
    blocks.add(state.execute(head, mix, transactions));
    heads = new ChainHeads(head, heads.finalized());
  }

  private void advanceFinality() {
    long target = latest().number() - profile.finalityBlocks();
    long from = heads.finalized().ref().number() + 1;
    for (long number = from; number <= target; number++) {
      Block block = block(number);
      outbox.onFinalized(block.head(), block.outboxCount());
      heads = new ChainHeads(heads.latest(), block.head());
      observer.onFinalized(block.head());
    }
  }

  // --- what connectors see ---

  Block latest() {
    return blocks.getLast();
  }

  Block block(long number) {
    return blocks.get((int) number);
  }

  boolean isOnChain(BlockRef ref) {
    return ref.number() < blocks.size() && block(ref.number()).head().ref().equals(ref);
  }

  long finalityBlocks() {
    return profile.finalityBlocks();
  }

  StakeTable remoteTable() {
    return remoteTable;
  }

  VirtualOutbox outbox() {
    return outbox;
  }

  InboxVerdict judge(InboxState in, Delivery delivery) {
    return inbox.judge(in, delivery);
  }

  Pool pool() {
    return pool;
  }

  long nextNonce(int replica) {
    while (nonces.size() <= replica) {
      nonces.add(0L);
    }
    return nonces.set(replica, nonces.get(replica) + 1);
  }

  void addHinted(VirtualRpc rpc) {
    List<VirtualRpc> more = new ArrayList<>(hinted);
    more.add(rpc);
    hinted = List.copyOf(more);
  }

  void removeHinted(VirtualRpc rpc) {
    hinted = hinted.stream().filter(other -> other != rpc).toList();
  }

  private static long secondsAt(long millis) {
    return EPOCH_SECONDS + millis / MILLIS;
  }
}
