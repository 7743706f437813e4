package dev.mallard.chain.evm;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the Inbox: its state by block hash, its events for display, its stake tables. */
final class InboxReader {
  private static final int STAKE_BITS = 96;
  private static final Logger LOG = LoggerFactory.getLogger(InboxReader.class);

  private final RpcPool pool;
  private final BridgeAddress inbox;
  private final HeadStates states;
  private final ContractErrors errors = new ContractErrors();

  InboxReader(RpcPool pool, BridgeAddress inbox, HeadStates states) {
    this.pool = pool;
    this.inbox = inbox;
    this.states = states;
  }

  /** As ChainConnector.inbox ([GC-3]). */
  InboxState state(StreamId stream, BlockRef at) throws ChainUnavailableException {
    HeadStates.Question question = states.about(stream.source(), at);
    Optional<RpcAnswer> told = states.inbox(stream.source(), at);
    if (told.isPresent()) {
      try {
        return state(stream, at, told.get());
      } catch (EndpointFaultException unusable) {
        LOG.debug("asking for the Inbox at block {} again: {}", at, unusable.getMessage());
      }
    }
    return pool.read(
        "the Inbox at block " + at,
        endpoint -> {
          List<RpcAnswer> answers = endpoint.ask(question.calls());
          InboxState state = state(stream, at, answers.getFirst());
          states.keep(question, at, answers);
          return state;
        });
  }

  private InboxState state(StreamId stream, BlockRef at, RpcAnswer answer)
      throws EndpointFaultException {
    AbiReader words = words(answer);
    long epoch = words.number(2);
    if (epoch == 0) {
      throw new EndpointFaultException(
          "the Inbox "
              + inbox
              + " knows no stake table of chain "
              + stream.source()
              + ": check its address, or set it up");
    }
    return new InboxState(at, words.number(0), words.number(1), new Epoch(epoch), words.hash(3));
  }

  /** As ChainConnector.remoteStakeTable; at a finalized block, where an epoch never changes. */
  StakeTable stakeTable(RsmId source, Epoch epoch) throws ChainUnavailableException {
    RpcCall call = RpcCall.view(inbox, BridgeAbi.stakeTable(source, epoch), "finalized");
    return pool.read(
        "the stake table of chain " + source + ", epoch " + epoch,
        endpoint -> stakeTable(source, epoch, endpoint.ask(call)));
  }

  private StakeTable stakeTable(RsmId source, Epoch epoch, RpcAnswer answer)
      throws EndpointFaultException {
    if (answer instanceof RpcAnswer.Failure failure && !failure.data().isEmpty()) {
      throw noTable(source, epoch, errors.nameOf(failure.data()));
    }
    AbiReader words = words(answer);
    List<BridgeAddress> keys = words.addresses(0);
    List<BigInteger> stakes = words.numbers(1, STAKE_BITS);
    if (keys.isEmpty() || keys.size() != stakes.size()) {
      throw noTable(source, epoch, keys.size() + " keys, " + stakes.size() + " stakes");
    }
    try {
      List<Validator> validators = new ArrayList<>(keys.size());
      for (int i = 0; i < keys.size(); i++) {
        validators.add(new Validator(i, keys.get(i), new Stake(stakes.get(i))));
      }
      FaultModel faults =
          new FaultModel(new Stake(words.unsigned(2, 256)), new Stake(words.unsigned(3, 256)));
      return new StakeTable(source, epoch, validators, faults);
    } catch (IllegalArgumentException e) {
      throw new EndpointFaultException("unsound stake table: " + e.getMessage(), e);
    }
  }

  private EndpointFaultException noTable(RsmId source, Epoch epoch, String why) {
    return new EndpointFaultException(
        "the Inbox "
            + inbox
            + " has no stake table of chain "
            + source
            + " for epoch "
            + epoch
            + " at its finalized block ("
            + why
            + "): check its address, or wait for finality");
  }

  /** As ChainConnector.inboxEvents. */
  List<InboxEvent> events(StreamId incoming, long from, long to) throws ChainUnavailableException {
    Hash32 other = Hash32.fromHex(BridgeAbi.word(incoming.source()));
    List<Object> topics =
        List.of(InboxEventDecoder.EVENTS.stream().map(Hash32::toHex).toList(), other.toHex());
    RpcCall call = RpcCall.logs(inbox, topics, from, to);
    return pool.read(
        "events of the Inbox in blocks " + from + ".." + to,
        endpoint -> {
          List<LogRecord> logs =
              LogRecord.read(endpoint.ask(call), inbox, InboxEventDecoder.EVENTS, other);
          return events(endpoint, logs, from, to);
        });
  }

  private static List<InboxEvent> events(
      RpcEndpoint endpoint, List<LogRecord> logs, long from, long to)
      throws EndpointFaultException {
    Set<BlockRef> blocks = new LinkedHashSet<>();
    for (LogRecord log : logs) {
      if (log.block().number() < from || log.block().number() > to) {
        throw new EndpointFaultException.Suspect("told of logs outside the blocks asked for");
      }
      blocks.add(log.block());
    }
    Map<BlockRef, BlockHead> heads =
        blocks.isEmpty() ? Map.of() : BlockReader.byHash(endpoint, blocks);
    List<InboxEvent> events = new ArrayList<>(logs.size());
    for (LogRecord log : logs) {
      BlockHead head = heads.get(log.block());
      if (head == null) {
        throw new EndpointFaultException("no header of block " + log.block());
      }
      events.add(InboxEventDecoder.decode(log, head));
    }
    return events;
  }

  private AbiReader words(RpcAnswer answer) throws EndpointFaultException {
    byte[] data = answer.object("the Inbox' state").asData();
    if (data.length == 0) {
      throw new EndpointFaultException(
          "no contract at " + inbox + ": check the Inbox' address, or wait for its deployment");
    }
    return new AbiReader(data);
  }
}
