// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A transfer of tokens as it crosses.
/// @param homeChain chain that the token comes from
/// @param homeToken its address there; zero for the native coin
/// @param amount in the token's smallest unit
/// @param from who sent it, and gets it back if it fails
/// @param recipient who gets it
struct Transfer {
    uint64 homeChain;
    address homeToken;
    uint256 amount;
    address from;
    address recipient;
}

/// @title Encoding of transfers: packed in 100 bytes, then the data of the call, if any
/// @notice homeChain (8), homeToken (20), amount (32), from (20), recipient (20), data.
library TransferPayload {
    uint256 internal constant HEAD_BYTES = 100;

    error MalformedTransfer(uint256 payloadBytes);

    function encode(Transfer memory t, bytes calldata data) internal pure returns (bytes memory) {
        return abi.encodePacked(t.homeChain, t.homeToken, t.amount, t.from, t.recipient, data);
    }

    function decode(bytes calldata payload) internal pure returns (Transfer memory t, bytes calldata data) {
        (t.homeChain, t.homeToken, t.amount, t.recipient) = read(payload);
        assembly ("memory-safe") {
            mstore(add(t, 96), shr(96, calldataload(add(payload.offset, 60))))
        }
        data = dataOf(payload);
    }

    /// @notice What an arrival needs first; costs no memory.
    function read(bytes calldata payload)
        internal
        pure
        returns (uint64 homeChain, address homeToken, uint256 amount, address recipient)
    {
        if (payload.length < HEAD_BYTES) revert MalformedTransfer(payload.length);
        assembly ("memory-safe") {
            let p := payload.offset
            homeChain := shr(192, calldataload(p))
            homeToken := shr(96, calldataload(add(p, 8)))
            amount := calldataload(add(p, 28))
            recipient := shr(96, calldataload(add(p, 80)))
        }
    }

    /// @notice The data of the call, of a payload that has been read.
    function dataOf(bytes calldata payload) internal pure returns (bytes calldata data) {
        assembly ("memory-safe") {
            data.offset := add(payload.offset, HEAD_BYTES)
            data.length := sub(payload.length, HEAD_BYTES)
        }
    }
}
