package dev.mallard.chain.evm;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads headers from one endpoint; a header is checked against what it was asked for. */
final class BlockReader {
  private BlockReader() {}

  /** The header in the answer to {@link RpcCall#block(String)} and its like. */
  static BlockHead head(RpcAnswer answer, String what) throws EndpointFaultException {
    RpcObject block = answer.object("block " + what);
    return new BlockHead(
        new BlockRef(block.number("number"), block.hash("hash")),
        block.hash("parentHash"),
        block.number("timestamp"));
  }

  /** As above, of exactly that number. */
  static BlockHead head(RpcAnswer answer, long number) throws EndpointFaultException {
    BlockHead head = head(answer, Long.toString(number));
    if (head.ref().number() != number) {
      throw new EndpointFaultException.Suspect("asked for block " + number + ", got " + head.ref());
    }
    return head;
  }

  /** The headers of blocks {@code from..to}, each the parent of the next. */
  static List<BlockHead> linked(RpcEndpoint endpoint, long from, long to)
      throws EndpointFaultException {
    List<RpcCall> calls = new ArrayList<>();
    for (long number = from; number <= to; number++) {
      calls.add(RpcCall.block(number));
    }
    List<RpcAnswer> answers = endpoint.ask(calls);
    List<BlockHead> heads = new ArrayList<>(answers.size());
    for (RpcAnswer answer : answers) {
      BlockHead head = head(answer, from + heads.size());
      if (!heads.isEmpty()) {
        checkLink(heads.getLast().ref(), head);
      }
      heads.add(head);
    }
    return heads;
  }

  /** [OUT-2]: the parent hash of a block is the hash of the block before. */
  static void checkLink(BlockRef parent, BlockHead child) throws EndpointFaultException {
    boolean linked =
        child.ref().number() == parent.number() + 1 && child.parentHash().equals(parent.hash());
    if (!linked) {
      throw new EndpointFaultException.Suspect(
          "block " + child.ref() + " does not follow " + parent);
    }
  }

  /** The headers of these blocks, asked for by hash. */
  static Map<BlockRef, BlockHead> byHash(RpcEndpoint endpoint, Set<BlockRef> blocks)
      throws EndpointFaultException {
    List<BlockRef> order = List.copyOf(blocks);
    List<RpcAnswer> answers =
        endpoint.ask(order.stream().map(block -> RpcCall.block(block.hash())).toList());
    Map<BlockRef, BlockHead> heads = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      BlockHead head = head(answers.get(i), order.get(i).toString());
      if (!head.ref().equals(order.get(i))) {
        throw new EndpointFaultException.Suspect(
            "asked for block " + order.get(i) + " by hash, got " + head.ref());
      }
      heads.put(order.get(i), head);
    }
    return heads;
  }
}
