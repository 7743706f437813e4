package dev.mallard.chain.evm;

import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import java.math.BigInteger;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;
import org.web3j.crypto.Hash;

/** The calls and events of Outbox and Inbox that the connector speaks (DESIGN section 7). */
final class BridgeAbi {
  /** {@code Sent}: an entry left this chain ([OUT-1]). */
  static final Hash32 SENT =
      topic("Sent(uint64,uint64,address,address,uint32,uint8,uint64,uint96,bytes,bytes32)");

  /** {@code Delivered}: entries were accepted here ([DLV-1]). */
  static final Hash32 DELIVERED =
      topic("Delivered(uint64,uint64,uint64,uint64,bytes32,address,address,bytes)");

  /** {@code ReceiptReceived}: outcomes of entries of ours came back ([DLV-4]). */
  static final Hash32 RECEIPT_RECEIVED =
      topic("ReceiptReceived(uint64,uint64,bytes,address,uint256)");

  /** {@code RefundNotified}: the sender of an entry that was not executed was told so. */
  static final Hash32 REFUND_NOTIFIED = topic("RefundNotified(uint64,uint64,uint8,bool)");

  private static final String DELIVER =
      selector(
          "deliver(uint64,(uint64,address,address,uint32,uint8,uint64,uint96,bytes)[],"
              + "(uint64,uint64,bytes32,bytes,bytes),address)");

  private BridgeAbi() {}

  /** {@code stream(uint64)} of Outbox and Inbox alike; the answers differ. */
  static String stream(RsmId other) {
    return FunctionEncoder.encode(new Function("stream", List.of(uint64(other)), List.of()));
  }

  static String stakeTable(RsmId source, Epoch epoch) {
    return FunctionEncoder.encode(
        new Function("stakeTable", List.of(uint64(source), new Uint64(epoch.number())), List.of()));
  }

  @SuppressWarnings("rawtypes") // as web3j's encoder takes it
  static String deliver(Delivery delivery) {
    return FunctionEncoder.encode(
        DELIVER,
        List.<Type>of(
            uint64(delivery.stream().source()),
            new DynamicArray<>(
                DynamicStruct.class, delivery.entries().stream().map(BridgeAbi::entry).toList()),
            certificate(delivery),
            address(delivery.payout())));
  }

  /** A filter for one event of one stream: its first indexed argument names the other chain. */
  static List<Object> topics(Hash32 event, RsmId other) {
    return List.of(event.toHex(), word(other));
  }

  /** The chain id as a topic. */
  static String word(RsmId other) {
    return String.format(java.util.Locale.ROOT, "0x%064x", other.value());
  }

  static Hash32 topic(String signature) {
    return Hash32.fromHex(EventEncoder.buildEventSignature(signature));
  }

  /** The four bytes that name a function or an error, {@code 0x} and eight digits. */
  static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, 10);
  }

  /** Reads an unsigned 64-bit value whose top bit may be set. */
  private static Uint64 unsigned(long value) {
    return new Uint64(new BigInteger(Long.toUnsignedString(value)));
  }

  private static DynamicStruct entry(OutboxEntry entry) {
    return new DynamicStruct(
        new Uint64(entry.index()),
        address(BridgeAddress.of(entry.sender().toArrayUnsafe())),
        address(BridgeAddress.of(entry.recipient().toArrayUnsafe())),
        new Uint32(entry.gasLimit()),
        new Uint8(entry.flags()),
        unsigned(entry.deadlineSeconds()),
        new Uint96(entry.fee()),
        bytes(entry.payload()));
  }

  private static DynamicStruct certificate(Delivery delivery) {
    CertificateCallData certificate =
        CertificateCallData.of(delivery.signers(), delivery.signatures());
    return new DynamicStruct(
        new Uint64(delivery.epoch().number()),
        new Uint64(delivery.sequence()),
        new Bytes32(delivery.header().toBytes()),
        bytes(certificate.signers()),
        bytes(certificate.signatures()));
  }

  private static DynamicBytes bytes(Bytes bytes) {
    return new DynamicBytes(bytes.toArrayUnsafe());
  }

  private static Address address(BridgeAddress address) {
    return new Address(address.toHex());
  }

  private static Uint64 uint64(RsmId rsm) {
    return new Uint64(rsm.value());
  }
}
