package dev.mallard.chain.evm;

import dev.mallard.chain.BlockRef;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An event as an endpoint tells it: well-formed, from the contract that was asked about. */
record LogRecord(
    BlockRef block, Hash32 transaction, long logIndex, List<Hash32> topics, AbiReader data) {

  /** Most topics that the EVM writes. */
  private static final int TOPICS_MAX = 4;

  /**
   * The events in an answer of eth_getLogs, in chain order. An endpoint that ignores the filter is
   * at fault, like one that tells of removed logs.
   *
   * @param events the first topics that were asked for
   * @param other the second topic that was asked for
   */
  static List<LogRecord> read(
      RpcAnswer answer, BridgeAddress contract, List<Hash32> events, Hash32 other)
      throws EndpointFaultException {
    List<LogRecord> logs = new ArrayList<>();
    for (RpcObject element : answer.object("the answer to eth_getLogs").elements()) {
      LogRecord log = read(element, contract);
      boolean asked =
          log.topics.size() >= 2
              && events.contains(log.topics.getFirst())
              && log.topics.get(1).equals(other);
      if (!asked) {
        throw new EndpointFaultException.Suspect("told of logs that were not asked for");
      }
      logs.add(log);
    }
    logs.sort(
        Comparator.comparingLong((LogRecord log) -> log.block.number())
            .thenComparingLong(LogRecord::logIndex));
    return logs;
  }

  private static LogRecord read(RpcObject log, BridgeAddress contract)
      throws EndpointFaultException {
    boolean removed = log.has("removed") && log.field("removed").isTrue();
    if (removed || !log.field("address").asAddress().equals(contract)) {
      throw new EndpointFaultException.Suspect("told of removed logs or of another contract's");
    }
    List<RpcObject> elements = log.field("topics").elements();
    if (elements.size() > TOPICS_MAX) {
      throw new EndpointFaultException("malformed answer: " + elements.size() + " topics");
    }
    List<Hash32> topics = new ArrayList<>(elements.size());
    for (RpcObject topic : elements) {
      topics.add(topic.asHash());
    }
    return new LogRecord(
        new BlockRef(log.number("blockNumber"), log.hash("blockHash")),
        log.hash("transactionHash"),
        log.number("logIndex"),
        List.copyOf(topics),
        new AbiReader(log.field("data").asData()));
  }
}
