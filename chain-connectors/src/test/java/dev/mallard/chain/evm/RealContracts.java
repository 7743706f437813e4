package dev.mallard.chain.evm;

import dev.mallard.chain.Delivery;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.contracts.Inbox;
import dev.mallard.contracts.Outbox;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;

/** The bridge's own contracts on an {@link Anvil}, with four validators of the other chain. */
final class RealContracts {
  private static final int VALIDATORS = 4;
  private static final int SIGNERS = 3;

  private final Anvil anvil;
  private final RsmId source;
  private final BridgeAddress deployer;
  private final List<Credentials> validators =
      IntStream.range(1, VALIDATORS + 1)
          .mapToObj(i -> Credentials.create(ECKeyPair.create(BigInteger.valueOf(i))))
          .sorted((a, b) -> a.getAddress().compareTo(b.getAddress()))
          .toList();
  private final BridgeAddress outbox;
  private final BridgeAddress inbox;

  RealContracts(Anvil anvil, RsmId source) {
    this.anvil = anvil;
    this.source = source;
    this.deployer = BridgeAddress.fromHex(anvil.rpc("eth_accounts").get(0).stringValue());
    this.outbox = deploy(Outbox.BINARY, List.of(address(deployer)));
    this.inbox = deploy(Inbox.BINARY, List.of(address(outbox), address(deployer)));
    call(outbox, "setInbox", List.of(address(inbox)));
    call(
        inbox,
        "addSource",
        List.of(
            new Uint64(source.value()),
            new Uint64(1),
            new DynamicArray<>(
                Address.class, validators.stream().map(v -> new Address(v.getAddress())).toList()),
            new DynamicArray<>(
                Uint96.class, validators.stream().map(v -> new Uint96(BigInteger.TEN)).toList()),
            new Uint256(13),
            new Uint256(13)));
  }

  BridgeAddress outbox() {
    return outbox;
  }

  BridgeAddress inbox() {
    return inbox;
  }

  void send(RsmId destination, int flags, long deadlineSeconds, byte[] payload) {
    call(
        outbox,
        "send",
        List.of(
            new Uint64(destination.value()),
            address(deployer),
            new Uint32(100_000),
            new Uint8(flags),
            new Uint64(new BigInteger(Long.toUnsignedString(deadlineSeconds))),
            new DynamicBytes(payload)));
  }

  /** A delivery of everything sent so far, certified by three of four. */
  Delivery certified(List<OutboxEntry> entries, long sequence) {
    RsmId here = new RsmId(anvil.chainId());
    dev.mallard.stake.StreamId stream = new dev.mallard.stake.StreamId(source, here);
    Hash32 acc = Hash32.ZERO;
    for (OutboxEntry entry : entries) {
      acc = new KeccakAccumulator().extend(stream, acc, entry);
    }
    byte[] digest = digest(sequence, entries.getLast().index(), acc);
    byte[] signatures = new byte[0];
    for (Credentials validator : validators.subList(0, SIGNERS)) {
      Bytes one = new CredentialsSigner(validator).sign(Hash32.of(digest));
      signatures = Bytes.concatenate(Bytes.wrap(signatures), one).toArray();
    }
    return new Delivery(
        stream,
        entries,
        Epoch.FIRST,
        sequence,
        Hash32.ZERO,
        Bytes.of((1 << SIGNERS) - 1),
        Bytes.wrap(signatures),
        deployer);
  }

  private byte[] digest(long sequence, long count, Hash32 acc) {
    String data =
        encode(
            "attestationDigest",
            List.of(
                new Uint64(source.value()),
                new Uint64(1),
                new Uint64(sequence),
                new Uint64(count),
                new Bytes32(acc.toBytes()),
                new Bytes32(Hash32.ZERO.toBytes())));
    String answer =
        anvil.rpc("eth_call", Map.of("to", inbox.toHex(), "data", data), "latest").stringValue();
    return Bytes.fromHexString(answer).toArray();
  }

  @SuppressWarnings("rawtypes") // as web3j's encoder takes it
  private static String encode(String function, List<Type> arguments) {
    return FunctionEncoder.encode(new Function(function, arguments, List.of()));
  }

  @SuppressWarnings("rawtypes") // as web3j's encoder takes it
  private void call(BridgeAddress to, String function, List<Type> arguments) {
    anvil.transact(
        Map.of(
            "from",
            deployer.toHex(),
            "to",
            to.toHex(),
            "data",
            encode(function, arguments),
            "gas",
            "0x989680"));
  }

  @SuppressWarnings("rawtypes") // as web3j's encoder takes it
  private BridgeAddress deploy(String binary, List<Type> arguments) {
    String prefix = binary.startsWith("0x") ? "" : "0x";
    String data = prefix + binary + FunctionEncoder.encodeConstructor(arguments);
    return BridgeAddress.fromHex(
        anvil
            .transact(Map.of("from", deployer.toHex(), "data", data, "gas", "0x989680"))
            .get("contractAddress")
            .stringValue());
  }

  private static Address address(BridgeAddress address) {
    return new Address(address.toHex());
  }
}
