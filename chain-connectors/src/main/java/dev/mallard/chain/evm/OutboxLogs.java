package dev.mallard.chain.evm;

import dev.mallard.chain.BlockRef;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one endpoint says of one stream of the Outbox: its state and its events. */
final class OutboxLogs {
  private final RpcEndpoint endpoint;
  private final BridgeAddress outbox;
  private final StreamId stream;
  private final int rangeBlocksMax;

  OutboxLogs(RpcEndpoint endpoint, BridgeAddress outbox, StreamId stream, int rangeBlocksMax) {
    this.endpoint = endpoint;
    this.outbox = outbox;
    this.stream = stream;
    this.rangeBlocksMax = rangeBlocksMax;
  }

  /** The contract's count and accumulator at one block. */
  record Tally(long count, Hash32 acc) {}

  RpcEndpoint endpoint() {
    return endpoint;
  }

  RpcCall tallyCall(BlockRef at) {
    return RpcCall.view(outbox, BridgeAbi.stream(stream.destination()), at);
  }

  Tally tally(RpcAnswer answer) throws EndpointFaultException {
    return tally(answer, outbox);
  }

  /** The tally in an answer of the Outbox at that address. */
  static Tally tally(RpcAnswer answer, BridgeAddress outbox) throws EndpointFaultException {
    byte[] data = answer.object("the Outbox' state").asData();
    if (data.length == 0) {
      throw new EndpointFaultException(
          "no contract at " + outbox + ": check the Outbox' address, or wait for its deployment");
    }
    AbiReader words = new AbiReader(data);
    return new Tally(words.number(0), words.hash(1));
  }

  /** The contract's state where the endpoint still has it: pruned nodes keep few blocks. */
  List<Optional<Tally>> talliesWhereKept(List<BlockRef> blocks) throws EndpointFaultException {
    List<Optional<Tally>> tallies = new ArrayList<>(blocks.size());
    for (RpcAnswer answer : endpoint.ask(blocks.stream().map(this::tallyCall).toList())) {
      tallies.add(
          answer instanceof RpcAnswer.Result ? Optional.of(tally(answer)) : Optional.empty());
    }
    return tallies;
  }

  /**
   * The events of exactly these blocks, one list a block; asked for one by one if they are many.
   */
  List<List<SentLog>> sentIn(List<BlockRef> blocks) throws EndpointFaultException {
    try {
      return sentInAtOnce(blocks);
    } catch (EndpointFaultException.TooMuch e) {
      if (blocks.size() == 1) {
        throw e;
      }
      List<List<SentLog>> sent = new ArrayList<>(blocks.size());
      for (BlockRef block : blocks) {
        sent.addAll(sentInAtOnce(List.of(block)));
      }
      return sent;
    }
  }

  private List<List<SentLog>> sentInAtOnce(List<BlockRef> blocks) throws EndpointFaultException {
    List<RpcAnswer> answers =
        endpoint.ask(blocks.stream().map(b -> RpcCall.logs(outbox, topics(), b)).toList());
    List<List<SentLog>> sent = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      List<SentLog> inBlock = new ArrayList<>();
      for (LogRecord log : read(answers.get(i))) {
        if (!log.block().equals(blocks.get(i))) {
          throw new EndpointFaultException.Suspect(
              "asked for logs of block " + blocks.get(i) + ", got some of " + log.block());
        }
        inBlock.add(SentLog.read(log));
      }
      sent.add(inBlock);
    }
    return sent;
  }

  /**
   * Where entries are, from block {@code from} to at most {@code to}: an index to find blocks by,
   * not yet to be believed. Stops at the first range that holds enough.
   *
   * @param blocksWanted enough
   */
  List<Located> locate(long from, long to, int blocksWanted) throws EndpointFaultException {
    List<Located> found = new ArrayList<>();
    long span = rangeBlocksMax;
    long next = from;
    while (next <= to && found.size() < blocksWanted) {
      long end = Math.min(to, next + span - 1);
      try {
        locateInto(found, next, end);
        next = end + 1;
      } catch (EndpointFaultException.TooMuch e) {
        if (span == 1) {
          throw e;
        }
        span = Math.max(1, span / 4);
      }
    }
    return found;
  }

  /** A block that holds entries, and the first of them. */
  record Located(long block, long firstIndex) {}

  private void locateInto(List<Located> found, long from, long to) throws EndpointFaultException {
    RpcAnswer answer = endpoint.ask(RpcCall.logs(outbox, topics(), from, to));
    if (answer instanceof RpcAnswer.Failure failure) {
      throw new EndpointFaultException.TooMuch(String.valueOf(failure.fault().getMessage()));
    }
    for (LogRecord log : read(answer)) {
      long block = log.block().number();
      if (block < from || block > to) {
        throw new EndpointFaultException.Suspect(
            "asked for logs of blocks " + from + ".." + to + ", got some of " + block);
      }
      if (found.isEmpty() || found.getLast().block() != block) {
        found.add(new Located(block, SentLog.index(log)));
      }
    }
  }

  private List<LogRecord> read(RpcAnswer answer) throws EndpointFaultException {
    return LogRecord.read(
        answer,
        outbox,
        List.of(BridgeAbi.SENT),
        Hash32.fromHex(BridgeAbi.word(stream.destination())));
  }

  private List<Object> topics() {
    return BridgeAbi.topics(BridgeAbi.SENT, stream.destination());
  }
}
