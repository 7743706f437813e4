package dev.mallard.certify;

import dev.mallard.chain.AbiWords;
import dev.mallard.chain.Keccak256;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import java.nio.charset.StandardCharsets;

/**
 * The domain of what bridge keys sign (EIP-712): name "Mallard", version "1", a chain id, perhaps a
 * contract.
 */
final class Eip712Domain {
  private static final byte[] PREFIX = {0x19, 0x01};
  private static final Hash32 NAME = hash("Mallard");
  private static final Hash32 VERSION = hash("1");
  private static final Hash32 TYPE =
      hash("EIP712Domain(string name,string version,uint256 chainId)");
  private static final Hash32 TYPE_WITH_CONTRACT =
      hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final int WORDS_MAX = 5;

  private final byte[] separator;

  private Eip712Domain(Hash32 separator) {
    this.separator = separator.toBytes();
  }

  static Eip712Domain of(RsmId chain) {
    return new Eip712Domain(words(TYPE, chain).keccak256());
  }

  static Eip712Domain of(RsmId chain, BridgeAddress verifyingContract) {
    return new Eip712Domain(
        words(TYPE_WITH_CONTRACT, chain).addRight(verifyingContract.toBytes()).keccak256());
  }

  private static AbiWords words(Hash32 type, RsmId chain) {
    return new AbiWords(WORDS_MAX).add(type).add(NAME).add(VERSION).add(chain.value());
  }

  static Hash32 hash(String text) {
    return Keccak256.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  Hash32 digest(Hash32 structHash) {
    return Keccak256.hash(PREFIX, separator, structHash.toBytes());
  }
}
