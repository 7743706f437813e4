package dev.mallard.chain.evm;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;

/** The Outbox' accumulator, written down once more in the plainest way. */
final class Keccak implements Accumulator {
  @Override
  public Hash32 extend(StreamId stream, Hash32 acc, OutboxEntry entry) {
    String words =
        FunctionEncoder.encodeConstructor(
            List.of(
                word(stream.source().value()),
                word(stream.destination().value()),
                word(entry.index()),
                address(entry.sender()),
                address(entry.recipient()),
                word(entry.gasLimit()),
                word(entry.flags()),
                new Uint256(new BigInteger(Long.toUnsignedString(entry.deadlineSeconds()))),
                new Uint256(entry.fee()),
                new Bytes32(Hash.sha3(entry.payload().toArray()))));
    byte[] entryHash = Hash.sha3(Bytes.fromHexString(words).toArray());
    return Hash32.of(
        Hash.sha3(Bytes.concatenate(Bytes.wrap(acc.toBytes()), Bytes.wrap(entryHash)).toArray()));
  }

  private static Uint256 word(long value) {
    return new Uint256(value);
  }

  private static Address address(Bytes bytes) {
    return new Address(BridgeAddress.of(bytes.toArray()).toHex());
  }
}
