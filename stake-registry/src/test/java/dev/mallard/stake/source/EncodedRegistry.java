package dev.mallard.stake.source;

import dev.mallard.stake.FaultModel;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint96;

/** Answers of {@code StakeRegistry.table} as web3j's own encoder writes them. */
final class EncodedRegistry {

  private EncodedRegistry() {}

  /** Hex without a prefix. */
  static String encoded(Registry registry) {
    return encoded(registry, registry.entry(0).endpoint());
  }

  /** As above, with another endpoint for the first validator. */
  static String encoded(Registry registry, String firstEndpoint) {
    List<DynamicStruct> rows =
        registry.entries().stream()
            .map(e -> row(e, e.validator().index() == 0 ? firstEndpoint : e.endpoint()))
            .toList();
    FaultModel faults = registry.table().faultModel();
    return FunctionEncoder.encodeConstructor(
        List.of(
            new DynamicArray<>(DynamicStruct.class, rows),
            new Uint256(faults.u().units()),
            new Uint256(faults.r().units())));
  }

  private static DynamicStruct row(RegistryEntry entry, String endpoint) {
    return new DynamicStruct(
        new Address(entry.validator().key().toHex()),
        new Address("0x" + "77".repeat(20)),
        new Uint96(entry.validator().stake().units()),
        new Bytes32(entry.tlsKey().toBytes()),
        new Utf8String(endpoint));
  }
}
