// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICertificateVerifier} from "./Interfaces.sol";

/// @title Certificates by ECDSA signatures, weighted by stake ([CERT-2])
/// @notice Tables live in code storage: 32 bytes a validator, address then 96-bit stake.
contract EcdsaCertificateVerifier is ICertificateVerifier {
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
    /// @notice Validators a table may have: it must fit one contract's code.
    uint256 public constant VALIDATORS_MAX = 700;

    error TableEmptyOrTooLarge(uint256 validators, uint256 max);
    error LengthsDiffer(uint256 keys, uint256 stakes);
    error BadKey(uint256 index);
    error TableNotStored();
    error SignersBeyondTable(uint256 signerBytes, uint256 validators);
    error WrongSignatureCount(uint256 bytesGiven, uint256 signers);
    error WrongSigner(uint256 index);

    /// @inheritdoc ICertificateVerifier
    function storeTable(address[] calldata keys, uint96[] calldata stakes) external returns (address table) {
        uint256 n = keys.length;
        if (n == 0 || n > VALIDATORS_MAX) revert TableEmptyOrTooLarge(n, VALIDATORS_MAX);
        if (stakes.length != n) revert LengthsDiffer(n, stakes.length);
        bytes memory packed = new bytes(n * 32);
        for (uint256 i = 0; i < n; i++) {
            if (keys[i] == address(0)) revert BadKey(i);
            for (uint256 j = 0; j < i; j++) {
                if (keys[j] == keys[i]) revert BadKey(i);
            }
            uint256 word = (uint256(uint160(keys[i])) << 96) | stakes[i];
            assembly ("memory-safe") {
                mstore(add(add(packed, 32), mul(i, 32)), word)
            }
        }
        // Deployed code is STOP followed by the table, so that it can never run.
        bytes memory code = abi.encodePacked(hex"61", uint16(n * 32 + 1), hex"80600a3d393df300", packed);
        assembly ("memory-safe") {
            table := create(0, add(code, 32), mload(code))
        }
        if (table == address(0)) revert TableNotStored();
    }

    /// @inheritdoc ICertificateVerifier
    function readTable(address table) public view returns (address[] memory keys, uint96[] memory stakes) {
        uint256[] memory words = _load(table);
        keys = new address[](words.length);
        stakes = new uint96[](words.length);
        for (uint256 i = 0; i < words.length; i++) {
            keys[i] = address(uint160(words[i] >> 96));
            stakes[i] = uint96(words[i]);
        }
    }

    /// @inheritdoc ICertificateVerifier
    function signedStake(address table, bytes32 digest, bytes calldata signers, bytes calldata signatures)
        external
        view
        returns (uint256 stake)
    {
        uint256[] memory words = _load(table);
        uint256 n = words.length;
        if (signers.length > (n + 7) / 8) revert SignersBeyondTable(signers.length, n);
        uint256 used = 0;
        for (uint256 b = 0; b < signers.length; b++) {
            uint256 bits = uint8(signers[b]);
            for (uint256 i = b * 8; bits != 0; i++) {
                if (bits & 1 != 0) {
                    if (i >= n) revert SignersBeyondTable(signers.length, n);
                    if (used + 64 > signatures.length) revert WrongSignatureCount(signatures.length, used / 64 + 1);
                    uint256 word = words[i];
                    if (!_isSignedBy(digest, signatures, used, word >> 96)) revert WrongSigner(i);
                    stake += uint96(word);
                    used += 64;
                }
                bits >>= 1;
            }
        }
        if (used != signatures.length) revert WrongSignatureCount(signatures.length, used / 64);
    }

    function _isSignedBy(bytes32 digest, bytes calldata signatures, uint256 offset, uint256 key)
        private
        view
        returns (bool ok)
    {
        assembly ("memory-safe") {
            let m := mload(0x40)
            let at := add(signatures.offset, offset)
            let vs := calldataload(add(at, 32))
            let s := and(vs, 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff)
            mstore(m, digest)
            mstore(add(m, 32), add(shr(255, vs), 27))
            mstore(add(m, 64), calldataload(at))
            mstore(add(m, 96), s)
            mstore(0, 0)
            let called := staticcall(gas(), 1, m, 128, 0, 32)
            let signer := mload(0)
            ok := and(and(called, eq(returndatasize(), 32)), and(eq(signer, key), iszero(gt(s, HALF_ORDER))))
        }
    }

    function _load(address table) private view returns (uint256[] memory words) {
        uint256 size = table.code.length;
        if (size < 33) revert TableNotStored();
        uint256 n = (size - 1) / 32;
        words = new uint256[](n);
        assembly ("memory-safe") {
            extcodecopy(table, add(words, 32), 1, mul(n, 32))
        }
    }
}
