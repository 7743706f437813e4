package dev.mallard.chain.evm;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One reading of one stream from one endpoint ([OUT-2]), in four steps: the cursor's block and the
 * finalized head must be on the endpoint's chain; the contract's count at the head tells whether
 * there is anything to read; the blocks that hold it are found (all of them when they are few, by
 * an index of logs after a long absence) and checked to link; their logs are read by block hash and
 * must extend the accumulator without a gap to what the contract says.
 */
final class OutboxScan {
  /** Up to this many blocks are all looked at, header by header. */
  static final int LINKED_BLOCKS_MAX = 32;

  /** Blocks whose logs are asked for in one request. */
  private static final int GROUP_BLOCKS = 8;

  /** Payload after which a reading ends ([G-4]); one group of blocks may go beyond it. */
  private static final long READ_BYTES_MAX = 4 << 20;

  private final OutboxLogs logs;
  private final Accumulator accumulator;
  private final StreamId stream;
  private final OutboxCursor cursor;
  private final BlockHead finalized;
  private final int blocksMax;

  /** The accumulator before the first block and after each block with entries. */
  private final List<Hash32> accAfter = new ArrayList<>();

  OutboxScan(
      OutboxLogs logs,
      Accumulator accumulator,
      StreamId stream,
      OutboxCursor cursor,
      BlockHead finalized,
      int blocksMax) {
    this.logs = logs;
    this.accumulator = accumulator;
    this.stream = stream;
    this.cursor = cursor;
    this.finalized = finalized;
    this.blocksMax = Math.clamp(blocksMax, 1, LINKED_BLOCKS_MAX);
  }

  /**
   * A block that may hold entries.
   *
   * @param lastIndex where its entries must end, as far as the blocks after it tell
   */
  private record Candidate(BlockHead head, Optional<Long> lastIndex) {}

  OutboxRead.Progress run() throws EndpointFaultException {
    OutboxLogs.Tally target = anchor();
    if (target.count() < cursor.count()) {
      throw new EndpointFaultException.Suspect(
          "the Outbox counts " + target.count() + " entries, " + cursor.count() + " were read");
    }
    if (target.count() == cursor.count()) {
      requireAcc(cursor.acc(), target.acc(), finalized.ref());
      return new OutboxRead.Progress(List.of(), atHead(target));
    }
    return progress(verified(candidates(target), target), target);
  }

  /** Both ends on this endpoint's chain, and the contract's tally at the far one. */
  private OutboxLogs.Tally anchor() throws EndpointFaultException {
    List<RpcAnswer> answers =
        logs.endpoint()
            .ask(
                List.of(
                    RpcCall.block(cursor.block().number()),
                    RpcCall.block(finalized.ref().number()),
                    logs.tallyCall(finalized.ref())));
    requireOnChain(cursor.block(), answers.getFirst());
    requireOnChain(finalized.ref(), answers.get(1));
    return logs.tally(answers.get(2));
  }

  private void requireOnChain(BlockRef expected, RpcAnswer answer) throws EndpointFaultException {
    BlockRef found = BlockReader.head(answer, expected.number()).ref();
    if (!found.equals(expected)) {
      throw FinalityCheck.contradiction(logs.endpoint(), expected, found);
    }
  }

  private List<Candidate> candidates(OutboxLogs.Tally target) throws EndpointFaultException {
    long from = cursor.block().number() + 1;
    long to = finalized.ref().number();
    if (to - from >= LINKED_BLOCKS_MAX) {
      return located(from, to, target);
    }
    List<BlockHead> heads =
        from == to ? List.of(finalized) : BlockReader.linked(logs.endpoint(), from, to);
    BlockReader.checkLink(cursor.block(), heads.getFirst());
    if (!heads.getLast().ref().equals(finalized.ref())) {
      throw new EndpointFaultException.Suspect(
          "block " + to + " is " + heads.getLast().ref() + ", then " + finalized.ref());
    }
    return heads.stream().map(head -> new Candidate(head, Optional.empty())).toList();
  }

  /** After a long absence: only blocks that an index names, each linked to its parent. */
  private List<Candidate> located(long from, long to, OutboxLogs.Tally target)
      throws EndpointFaultException {
    List<OutboxLogs.Located> index = logs.locate(from, to, blocksMax + 1);
    if (index.isEmpty()) {
      throw missing(cursor.count(), target.count());
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < Math.min(blocksMax, index.size()); i++) {
      long number = index.get(i).block();
      List<BlockHead> pair = BlockReader.linked(logs.endpoint(), number - 1, number);
      long next = i + 1 < index.size() ? index.get(i + 1).firstIndex() : target.count() + 1;
      candidates.add(new Candidate(pair.getLast(), Optional.of(next - 1)));
    }
    return candidates;
  }

  /**
   * The entries of the candidates, as far as they extend the cursor without a gap; no more blocks
   * once there are {@link #READ_BYTES_MAX} bytes.
   */
  private List<BlockEntries> verified(List<Candidate> candidates, OutboxLogs.Tally target)
      throws EndpointFaultException {
    List<BlockEntries> blocks = new ArrayList<>();
    accAfter.add(cursor.acc());
    long count = cursor.count();
    long bytes = 0;
    for (int from = 0; from < candidates.size(); from += GROUP_BLOCKS) {
      if (bytes > READ_BYTES_MAX) {
        requireContractAgrees(blocks);
        return blocks;
      }
      List<Candidate> group =
          candidates.subList(from, Math.min(candidates.size(), from + GROUP_BLOCKS));
      List<List<SentLog>> sent = logs.sentIn(group.stream().map(c -> c.head().ref()).toList());
      for (int i = 0; i < group.size(); i++) {
        if (!sent.get(i).isEmpty()) {
          blocks.add(extend(group.get(i).head(), sent.get(i), count));
          count += sent.get(i).size();
          bytes += sent.get(i).stream().mapToLong(log -> log.entry().payload().size()).sum();
        }
        requireCount(count, group.get(i).lastIndex());
      }
    }
    boolean all = candidates.getLast().lastIndex().isEmpty();
    requireCount(count, all ? Optional.of(target.count()) : Optional.empty());
    requireContractAgrees(blocks);
    return blocks;
  }

  private static void requireCount(long read, Optional<Long> told) throws EndpointFaultException {
    if (told.isPresent() && told.get() != read) {
      throw missing(read, told.get());
    }
  }

  private BlockEntries extend(BlockHead head, List<SentLog> sent, long countBefore)
      throws EndpointFaultException {
    Hash32 acc = accAfter.getLast();
    long index = countBefore;
    for (SentLog log : sent) {
      index++;
      if (log.entry().index() != index) {
        throw new EndpointFaultException.Suspect(
            "block "
                + head.ref()
                + " has entry "
                + log.entry().index()
                + " where "
                + index
                + " must be");
      }
      acc = accumulator.extend(stream, acc, log.entry());
      requireAcc(acc, log.acc(), head.ref());
    }
    accAfter.add(acc);
    return new BlockEntries(
        head,
        sent.stream().map(SentLog::entry).toList(),
        sent.stream().map(log -> log.log().transaction()).toList());
  }

  /** The contract's own word on each block before the head, where its state is still kept. */
  private void requireContractAgrees(List<BlockEntries> blocks) throws EndpointFaultException {
    List<BlockRef> refs =
        blocks.stream()
            .map(block -> block.block().ref())
            .filter(ref -> !ref.equals(finalized.ref()))
            .toList();
    List<Optional<OutboxLogs.Tally>> tallies = logs.talliesWhereKept(refs);
    for (int i = 0; i < refs.size(); i++) {
      long count = blocks.get(i).entries().getLast().index();
      if (tallies.get(i).isPresent()) {
        OutboxLogs.Tally tally = tallies.get(i).get();
        if (tally.count() != count) {
          throw missing(count, tally.count());
        }
        requireAcc(accAfter.get(i + 1), tally.acc(), refs.get(i));
      }
    }
  }

  private OutboxRead.Progress progress(List<BlockEntries> blocks, OutboxLogs.Tally target)
      throws EndpointFaultException {
    List<BlockEntries> returned = blocks.subList(0, Math.min(blocksMax, blocks.size()));
    BlockEntries last = returned.getLast();
    long count = last.entries().getLast().index();
    Hash32 acc = accAfter.get(returned.size());
    if (count < target.count()) {
      return new OutboxRead.Progress(returned, new OutboxCursor(last.block().ref(), count, acc));
    }
    requireAcc(acc, target.acc(), finalized.ref());
    return new OutboxRead.Progress(returned, atHead(target));
  }

  private OutboxCursor atHead(OutboxLogs.Tally tally) {
    return new OutboxCursor(finalized.ref(), tally.count(), tally.acc());
  }

  private static void requireAcc(Hash32 computed, Hash32 told, BlockRef at)
      throws EndpointFaultException {
    if (!computed.equals(told)) {
      throw new EndpointFaultException.Suspect(
          "the entries up to block " + at + " do not give the Outbox' accumulator");
    }
  }

  private static EndpointFaultException missing(long read, long told) {
    return new EndpointFaultException.Suspect(
        "logs are missing: entries end at " + read + ", the Outbox tells of " + told);
  }
}
