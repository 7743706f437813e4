package dev.mallard.chain.evm;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint96;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import tools.jackson.databind.JsonNode;

/** Contracts on an {@link Anvil}, and what dapps and operators do with them. */
final class TestBridge {
  static final RsmId OTHER = new RsmId(7002);
  static final Credentials KEY = Credentials.create(ECKeyPair.create(BigInteger.valueOf(4711)));
  static final RpcLimits LIMITS =
      new RpcLimits(
          Duration.ofMillis(500),
          Duration.ofMillis(800),
          1 << 20,
          Duration.ofMillis(50),
          Duration.ofMillis(200),
          50);
  static final FeeOptions FEES =
      new FeeOptions(
          BigInteger.valueOf(1_000_000_000),
          BigInteger.valueOf(2_000_000_000),
          new BigInteger("500000000000"),
          2,
          5_000_000);

  static final BridgeAddress OTHER_ADDRESS =
      BridgeAddress.fromHex("0x00000000000000000000000000000000000a11ce");

  private final Anvil anvil;
  private final BridgeAddress dapp;
  private final BridgeAddress outbox;
  private final BridgeAddress inbox;

  TestBridge(Anvil anvil) {
    this.anvil = anvil;
    this.dapp = BridgeAddress.fromHex(anvil.rpc("eth_accounts").get(0).stringValue());
    this.outbox = deploy("FakeOutbox");
    this.inbox = deploy("FakeInbox");
    connect();
    anvil.rpc("anvil_setBalance", KEY.getAddress(), "0xde0b6b3a7640000000");
    anvil.mine(3);
  }

  StreamId outgoing() {
    return new StreamId(new RsmId(anvil.chainId()), OTHER);
  }

  StreamId incoming() {
    return outgoing().reverse();
  }

  BridgeAddress outbox() {
    return outbox;
  }

  EvmOptions options(List<URI> urls) {
    return new EvmOptions(
        new RsmId(anvil.chainId()),
        urls,
        Optional.empty(),
        outbox,
        inbox,
        0,
        Duration.ofHours(1),
        LIMITS,
        FEES);
  }

  ChainConnector connector(URI... urls) {
    return connector(options(List.of(urls)));
  }

  static ChainConnector connector(EvmOptions options) {
    return new EvmConnector(
        options,
        new KeccakAccumulator(),
        new CredentialsSigner(KEY),
        new InboxGas(),
        InstantSource.system());
  }

  /** Sends entries to the other chain, all in one block; not yet final. */
  void send(int entries) {
    send(OTHER, entries, 0);
  }

  void send(RsmId destination, int entries, long deadlineSeconds) {
    byte[] payload = ("payload of " + entries).getBytes(StandardCharsets.UTF_8);
    send(destination, entries, deadlineSeconds, payload);
  }

  /** As many entries with a payload of so many bytes each, in one block. */
  void sendLarge(int entries, int payloadBytes) {
    send(OTHER, entries, 0, new byte[payloadBytes]);
  }

  private void send(RsmId destination, int entries, long deadlineSeconds, byte[] payload) {
    call(
        outbox,
        new Function(
            "sendMany",
            List.of(
                new Uint64(destination.value()),
                new Address(dapp.toHex()),
                new Uint64(new BigInteger(Long.toUnsignedString(deadlineSeconds))),
                new DynamicBytes(payload),
                new Uint256(entries)),
            List.of()));
  }

  /** Entries {@code first..last} of the incoming stream with a certificate. */
  Delivery delivery(long first, long last) {
    List<OutboxEntry> entries = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      entries.add(
          new OutboxEntry(
              i,
              Bytes.wrap(dapp.toBytes()),
              Bytes.wrap(dapp.toBytes()),
              50_000,
              OutboxEntry.RECEIPT,
              i == 2 ? -1 : 0,
              BigInteger.TEN,
              Bytes.ofUnsignedLong(i)));
    }
    return new Delivery(
        incoming(),
        entries,
        Epoch.FIRST,
        last,
        Hash32.ZERO,
        Bytes.of(7),
        Bytes.repeat((byte) 1, 3 * 64),
        BridgeAddress.fromHex(KEY.getAddress()));
  }

  private void connect() {
    call(
        inbox,
        new Function(
            "connect",
            List.of(
                new Uint64(OTHER.value()),
                new DynamicArray<>(
                    Address.class,
                    new Address(dapp.toHex()),
                    new Address(outbox.toHex()),
                    new Address(inbox.toHex()),
                    new Address(KEY.getAddress())),
                new DynamicArray<>(
                    Uint96.class,
                    new Uint96(BigInteger.valueOf(40)),
                    new Uint96(BigInteger.valueOf(30)),
                    new Uint96(BigInteger.valueOf(20)),
                    new Uint96(BigInteger.valueOf(10)))),
            List.of()));
  }

  private BridgeAddress deploy(String name) {
    JsonNode receipt =
        anvil.transact(
            Map.of("from", dapp.toHex(), "data", "0x" + bytecode(name), "gas", "0x4c4b40"));
    return BridgeAddress.fromHex(receipt.get("contractAddress").stringValue());
  }

  private void call(BridgeAddress to, Function function) {
    anvil.transact(
        Map.of(
            "from",
            dapp.toHex(),
            "to",
            to.toHex(),
            "data",
            FunctionEncoder.encode(function),
            "gas",
            "0x989680"));
  }

  private static String bytecode(String name) {
    try (InputStream in = TestBridge.class.getResourceAsStream("/contracts/" + name + ".bin")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
          .strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
