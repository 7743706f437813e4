// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice One cross-chain message; all fields enter the entry hash ([OUT-1]).
struct Entry {
    uint64 index;
    address sender;
    address recipient;
    uint32 gasLimit;
    uint8 flags;
    uint64 deadline;
    uint96 fee;
    bytes payload;
}

/// @notice Signatures of source validators under an attestation ([CERT-2]).
struct Certificate {
    uint64 epoch;
    uint64 sequence;
    bytes32 header;
    bytes signers;
    bytes signatures;
}

// Flag: the sender wants the outcome ([DLV-4]).
uint8 constant FLAG_RECEIPT = 0x01;
// Flag: written by the bridge contracts themselves.
uint8 constant FLAG_SYSTEM = 0x80;

/// @notice Hashing of entries, the same on both chains and in every node.
library Entries {
    /// @notice Hash of an entry within its stream.
    function hash(uint64 source, uint64 destination, Entry memory e) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                source, destination, e.index, e.sender, e.recipient, e.gasLimit, e.flags, e.deadline, e.fee, keccak256(e.payload)
            )
        );
    }
}
