package dev.mallard.chain.evm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a delivery or a view of the bridge's contracts may revert with, by selector, so that a
 * refusal has a name.
 */
final class ContractErrors {
  static final String ALREADY_DELIVERED = "AlreadyDelivered";

  private static final int SELECTOR_CHARS = 10;
  private static final List<String> SIGNATURES =
      List.of(
          "AlreadyDelivered(uint64)",
          "Gap(uint64,uint64)",
          "WrongEpoch(uint64,uint64)",
          "WrongSequence(uint64,uint64)",
          "NotEnoughStake(uint256,uint256)",
          "InsufficientGas(uint64,uint256,uint256)",
          "Reentered()",
          "NoEntries()",
          "UnknownSource(uint64)",
          "IsPaused()",
          "SignersBeyondTable(uint256,uint256)",
          "WrongSignatureCount(uint256,uint256)",
          "WrongSigner()",
          "TableNotStored()",
          "PayloadTooLong(uint256,uint256)",
          "OnlyInbox(address)",
          "UnknownDestination(uint64)",
          "Error(string)",
          "Panic(uint256)");

  private final Map<String, String> names = new TreeMap<>();

  ContractErrors() {
    for (String signature : SIGNATURES) {
      names.put(BridgeAbi.selector(signature), signature.substring(0, signature.indexOf('(')));
    }
  }

  /**
   * The error's name, or its selector if no contract of ours has it.
   *
   * @param data revert data as hex, possibly empty or not hex at all
   */
  String nameOf(String data) {
    if (data.length() < SELECTOR_CHARS) {
      return "no reason given";
    }
    String selector = data.substring(0, SELECTOR_CHARS).toLowerCase(java.util.Locale.ROOT);
    return names.getOrDefault(selector, "unknown error " + selector);
  }
}
