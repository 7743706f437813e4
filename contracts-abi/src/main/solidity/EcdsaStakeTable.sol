// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStakeTable} from "./Interfaces.sol";

/// @title One epoch's stake table, in the code of the contract that checks signatures against it
/// @notice Behind the instructions follow 32 bytes a validator (address, then 96-bit stake) and the count in two bytes.
/// Made by EcdsaCertificateVerifier, which lets no key appear twice.
contract EcdsaStakeTable is IStakeTable {
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    error SignersBeyondTable(uint256 signerBytes, uint256 validators);
    error WrongSignatureCount(uint256 bytesGiven, uint256 bytesNeeded);
    error WrongSigner();

    /// @inheritdoc IStakeTable
    function validators() external pure returns (address[] memory keys, uint96[] memory stakes) {
        (uint256 n, uint256 words) = _load();
        keys = new address[](n);
        stakes = new uint96[](n);
        for (uint256 i = 0; i < n; i++) {
            uint256 word;
            assembly ("memory-safe") {
                word := mload(add(words, shl(5, i)))
            }
            keys[i] = address(uint160(word >> 96));
            stakes[i] = uint96(word);
        }
    }

    /// @inheritdoc IStakeTable
    function signedStake(bytes32 digest, bytes calldata signers, bytes calldata signatures)
        external
        view
        returns (uint256 stake)
    {
        (uint256 n, uint256 words) = _load();
        _checkSigners(n, signers);
        uint256 bad = 0;
        uint256 used;
        // Memory: 0 to 127 the precompile's input, 128 its answer, the table from 160. What Solidity keeps at 64 and 96 is
        // put back. This loop is most of what a delivery costs.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(0, digest)
            let signature := signatures.offset
            let end := add(signers.offset, signers.length)
            for { let b := signers.offset } lt(b, end) { b := add(b, 1) } {
                let row := add(words, shl(8, sub(b, signers.offset)))
                for { let bits := byte(0, calldataload(b)) } bits { bits := shr(1, bits) } {
                    if and(bits, 1) {
                        let s := calldataload(add(signature, 32))
                        mstore(32, add(shr(255, s), 27))
                        mstore(64, calldataload(signature))
                        s := and(s, 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff)
                        mstore(96, s)
                        // The precompile answers nothing for what is no signature, and no key is zero. Only the lower of
                        // the two s that sign the same is taken: a signature has one form.
                        mstore(128, 0)
                        pop(staticcall(gas(), 1, 0, 128, 128, 32))
                        let word := mload(row)
                        bad := or(bad, or(xor(mload(128), shr(96, word)), gt(s, HALF_ORDER)))
                        stake := add(stake, and(word, 0xffffffffffffffffffffffff))
                        signature := add(signature, 64)
                    }
                    row := add(row, 32)
                }
            }
            used := sub(signature, signatures.offset)
            mstore(0x40, free)
            mstore(0x60, 0)
        }
        if (used != signatures.length) revert WrongSignatureCount(signatures.length, used);
        if (bad != 0) revert WrongSigner();
    }

    /// No bit may stand for a validator beyond the table.
    function _checkSigners(uint256 n, bytes calldata signers) private pure {
        uint256 bytesMax = (n + 7) / 8;
        if (signers.length < bytesMax) return;
        bool isBeyond = signers.length > bytesMax;
        if (!isBeyond && n % 8 != 0) isBeyond = uint8(signers[bytesMax - 1]) >> (n % 8) != 0;
        if (isBeyond) revert SignersBeyondTable(signers.length, n);
    }

    /// Loads the table behind the first free word of memory.
    function _load() private pure returns (uint256 n, uint256 words) {
        assembly ("memory-safe") {
            let size := codesize()
            mstore(0, 0)
            codecopy(30, sub(size, 2), 2)
            n := mload(0)
            let tableBytes := shl(5, n)
            words := add(mload(0x40), 32)
            mstore(0x40, add(words, tableBytes))
            codecopy(words, sub(sub(size, 2), tableBytes), tableBytes)
        }
    }
}
