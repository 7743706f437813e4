// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Entry} from "./Types.sol";

/// @title Entries as they lie in call data
/// @notice Reads without the compiler's checks of offsets and ranges. That is sound for an entry whose hash is certified:
/// all that is read here is hashed by `extend`, word for word, and what is no proper uint64, address … has a hash that no
/// Outbox ever had. Should a source whose validators lie certify such a word, it is cut to its type where more could do
/// harm. Before the certificate is checked only `indexOf` and `extend` may read.
library EntryData {
    /// @notice The entry at a place within a run.
    function get(Entry[] calldata entries, uint256 i) internal pure returns (Entry calldata e) {
        assembly ("memory-safe") {
            e := add(entries.offset, calldataload(add(entries.offset, shl(5, i))))
        }
    }

    function indexOf(Entry calldata e) internal pure returns (uint256 index) {
        assembly ("memory-safe") {
            index := calldataload(e)
        }
    }

    function flagsOf(Entry calldata e) internal pure returns (uint256 flags) {
        assembly ("memory-safe") {
            flags := calldataload(add(e, 128))
        }
    }

    function feeOf(Entry calldata e) internal pure returns (uint256 fee) {
        assembly ("memory-safe") {
            fee := and(calldataload(add(e, 192)), 0xffffffffffffffffffffffff)
        }
    }

    /// @notice What a call of the recipient needs.
    function callOf(Entry calldata e)
        internal
        pure
        returns (address sender, address recipient, uint256 gasLimit, uint256 deadline)
    {
        assembly ("memory-safe") {
            sender := shr(96, calldataload(add(e, 44)))
            recipient := shr(96, calldataload(add(e, 76)))
            gasLimit := and(calldataload(add(e, 96)), 0xffffffff)
            deadline := calldataload(add(e, 160))
        }
    }

    function payloadOf(Entry calldata e) internal pure returns (bytes calldata payload) {
        assembly ("memory-safe") {
            let p := add(e, calldataload(add(e, 224)))
            payload.offset := add(p, 32)
            payload.length := calldataload(p)
        }
    }

    /// @notice Continues a stream's hash chain with an entry ([OUT-1]).
    /// @dev The ten words that Outbox hashes: two of the stream, seven straight from the call data, the payload's hash.
    function extend(bytes32 acc, uint256 source, uint256 destination, Entry calldata e)
        internal
        pure
        returns (bytes32 next)
    {
        bytes calldata payload = payloadOf(e);
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, payload.offset, payload.length)
            mstore(add(m, 288), keccak256(m, payload.length))
            mstore(m, source)
            mstore(add(m, 32), destination)
            calldatacopy(add(m, 64), e, 224)
            mstore(0, acc)
            mstore(32, keccak256(m, 320))
            next := keccak256(0, 64)
        }
    }
}
