package dev.mallard.chain.evm;

import dev.mallard.chain.BlockRef;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.List;
import java.util.Map;

/**
 * One JSON-RPC call.
 *
 * @param params strings, booleans, maps and lists of them
 */
record RpcCall(String method, List<Object> params) {
  static RpcCall chainId() {
    return new RpcCall("eth_chainId", List.of());
  }

  /** A header by tag ({@code latest}, {@code finalized}) . */
  static RpcCall block(String tag) {
    return new RpcCall("eth_getBlockByNumber", List.of(tag, false));
  }

  static RpcCall block(long number) {
    return block(quantity(number));
  }

  static RpcCall block(Hash32 hash) {
    return new RpcCall("eth_getBlockByHash", List.of(hash.toHex(), false));
  }

  static RpcCall code(BridgeAddress contract, long block) {
    return new RpcCall("eth_getCode", List.of(contract.toHex(), quantity(block)));
  }

  /** A view call at exactly this block (EIP-1898). */
  static RpcCall view(BridgeAddress contract, String data, BlockRef at) {
    return view(contract, data, at.hash());
  }

  /** As above. */
  static RpcCall view(BridgeAddress contract, String data, Hash32 block) {
    return new RpcCall(
        "eth_call",
        List.of(
            Map.of("to", contract.toHex(), "data", data),
            Map.of("blockHash", block.toHex(), "requireCanonical", true)));
  }

  /** A view call at a tag. */
  static RpcCall view(BridgeAddress contract, String data, String tag) {
    return new RpcCall("eth_call", List.of(Map.of("to", contract.toHex(), "data", data), tag));
  }

  /**
   * Logs of exactly this block.
   *
   * @param topics as the filter of eth_getLogs: hex strings or lists of alternatives
   */
  static RpcCall logs(BridgeAddress contract, List<Object> topics, BlockRef block) {
    return new RpcCall(
        "eth_getLogs",
        List.of(
            Map.of(
                "address", contract.toHex(), "topics", topics, "blockHash", block.hash().toHex())));
  }

  /** Logs of blocks {@code from..to}, both included. */
  static RpcCall logs(BridgeAddress contract, List<Object> topics, long from, long to) {
    return new RpcCall(
        "eth_getLogs",
        List.of(
            Map.of(
                "address",
                contract.toHex(),
                "topics",
                topics,
                "fromBlock",
                quantity(from),
                "toBlock",
                quantity(to))));
  }

  static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }
}
