// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Calls of strangers' code that can't harm the caller ([DLV-1])
library IsolatedCall {
    /// @notice Gas kept back for what follows a call.
    uint256 internal constant RESERVE_GAS = 40_000;
    /// @notice Bytes of a revert reason that are looked at.
    uint256 internal constant REASON_BYTES_MAX = 64;

    error InsufficientGas(uint64 index, uint256 needed, uint256 left);

    /// @notice Calls `selector(uint64 a, uint64 b, uint256 c, bytes payload)` with exactly the gas promised.
    /// @dev Too little gas reverts everything: a submitter cannot make an entry fail by giving too little. Memory is used
    /// beyond the free pointer and given back, so that many calls cost no more memory than one. What is returned is never
    /// copied, of a revert reason no more than its first bytes (`reason`).
    function tryCall(
        address to,
        uint256 gasLimit,
        bytes4 selector,
        uint256 a,
        uint256 b,
        uint256 c,
        bytes calldata payload
    ) internal returns (bool ok) {
        unchecked {
            // A call leaves one 64th behind; the reserve also covers what the call itself and its memory cost.
            uint256 needed = gasLimit + gasLimit / 62 + RESERVE_GAS;
            if (gasleft() < needed) revert InsufficientGas(uint64(b), needed, gasleft());
        }
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, selector)
            mstore(add(m, 4), a)
            mstore(add(m, 36), b)
            mstore(add(m, 68), c)
            mstore(add(m, 100), 128)
            mstore(add(m, 132), payload.length)
            calldatacopy(add(m, 164), payload.offset, payload.length)
            mstore(add(add(m, 164), payload.length), 0)
            ok := call(gasLimit, to, 0, m, add(164, and(add(payload.length, 31), not(31))), 0, 0)
        }
    }

    /// @notice The first bytes of why the last call reverted; to be read before anything else is called.
    function reason() internal pure returns (bytes memory bytes_) {
        uint256 max = REASON_BYTES_MAX;
        assembly ("memory-safe") {
            let size := returndatasize()
            if gt(size, max) { size := max }
            bytes_ := mload(0x40)
            mstore(bytes_, size)
            mstore(add(bytes_, 64), 0)
            returndatacopy(add(bytes_, 32), 0, size)
            mstore(0x40, add(bytes_, 96))
        }
    }
}
