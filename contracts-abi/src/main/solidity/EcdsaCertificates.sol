// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Certificates} from "./Certificates.sol";
import {Certificate} from "./Types.sol";

/// @title Certificates by ECDSA signatures over secp256k1, weighted by stake ([CERT-2])
/// @notice A stake table is the code of a contract that does nothing: a zero byte, then 32 bytes with the stake that is
/// enough (96 bits), the epoch (64) and the count of validators (96), then 32 bytes a validator: its stake (96) and its key's
/// address (160). No key is there twice, none is 28 or below, and all stakes together fit 96 bits.
abstract contract EcdsaCertificates is Certificates {
    /// @notice Validators that a table may have: it must fit one contract's code.
    uint256 public constant VALIDATORS_MAX = 700;

    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
    /// @dev What may stand where the answer of a signature check is expected: 26, 27 and 28.
    uint256 private constant NO_KEY_MAX = 28;

    event TableStored(address indexed table, uint256 validators);

    error TableEmptyOrTooLarge(uint256 validators, uint256 max);
    error LengthsDiffer(uint256 keys, uint256 stakes);
    error BadKey(uint256 index);
    error StakeTooLarge(uint256 total);
    error TableNotStored();
    error SignersBeyondTable(uint256 signerBytes, uint256 validators);
    error WrongSignatureCount(uint256 bytesGiven, uint256 bytesNeeded);
    error WrongSigner();

    function _storeTable(uint64 epoch, uint96 needed, address[] calldata keys, uint96[] calldata stakes)
        internal
        override
        returns (address table)
    {
        uint256 n = keys.length;
        if (n == 0 || n > VALIDATORS_MAX) revert TableEmptyOrTooLarge(n, VALIDATORS_MAX);
        if (stakes.length != n) revert LengthsDiffer(n, stakes.length);
        uint256[] memory rows = new uint256[](n);
        uint256 total = 0;
        for (uint256 i = 0; i < n; i++) {
            uint256 key = uint160(keys[i]);
            if (key <= NO_KEY_MAX || _isAmong(rows, i, key)) revert BadKey(i);
            rows[i] = (uint256(stakes[i]) << 160) | key;
            total += stakes[i];
        }
        if (total > type(uint96).max) revert StakeTooLarge(total);
        bytes memory data = abi.encodePacked(hex"00", needed, epoch, uint96(n), rows);
        // PUSH2 length, then copy what follows this prefix and return it.
        bytes memory code = abi.encodePacked(hex"61", uint16(data.length), hex"80600a3d393df3", data);
        assembly ("memory-safe") {
            table := create(0, add(code, 32), mload(code))
        }
        if (table == address(0)) revert TableNotStored();
        emit TableStored(table, n);
    }

    function _readTable(address table)
        internal
        view
        override
        returns (uint64 epoch, address[] memory keys, uint96[] memory stakes)
    {
        bytes memory data = table.code;
        uint256 facts = _wordAt(data, 1);
        uint256 n = uint96(facts);
        epoch = uint64(facts >> 96);
        keys = new address[](n);
        stakes = new uint96[](n);
        for (uint256 i = 0; i < n; i++) {
            uint256 row = _wordAt(data, 33 + 32 * i);
            keys[i] = address(uint160(row));
            stakes[i] = uint96(row >> 160);
        }
    }

    /// @dev These loops are most of what a delivery costs.
    function _verify(address table, bytes32 digest, Certificate calldata certificate) internal view override {
        bytes calldata signers = certificate.signers;
        bytes calldata signatures = certificate.signatures;
        uint256 facts;
        uint256 rows;
        // The rows that the signers' codes reach; of those beyond the table there is nothing but zeros, and zero is no key.
        assembly ("memory-safe") {
            let m := mload(0x40)
            extcodecopy(table, m, 1, add(32, shl(7, signers.length)))
            facts := mload(m)
            rows := add(m, 32)
        }
        uint64 epoch = uint64(facts >> 96);
        if (certificate.epoch != epoch) revert WrongEpoch(epoch, certificate.epoch);
        if (signers.length > (uint96(facts) + 3) / 4) revert SignersBeyondTable(signers.length, uint96(facts));
        uint256 start;
        assembly ("memory-safe") {
            start := signatures.offset
        }
        (uint256 stake, uint256 bad, uint256 end) = _recover(rows, digest, signers, start);
        if (end != start + signatures.length) revert WrongSignatureCount(signatures.length, end - start);
        if (bad != 0) revert WrongSigner();
        if (stake < facts >> 160) revert NotEnoughStake(stake, facts >> 160);
    }

    /// Recovers each signer and compares it with its row. Memory: at 0 the precompile's input (digest, v, r, s), its answer in
    /// the place of v; what Solidity keeps at 64 and 96 is put back. For what is no signature the precompile answers nothing:
    /// v stays, and v is nobody's key. Of a row, the signer's key taken away, the stake alone is left; a single bit more and
    /// the signer is another. Only the lower of the two s that sign the same is taken: a signature has one form.
    function _recover(uint256 rows, bytes32 digest, bytes calldata signers, uint256 signature)
        private
        view
        returns (uint256 stake, uint256 bad, uint256 end)
    {
        assembly ("memory-safe") {
            mstore(0, digest)
            for { let at := 0 } lt(at, signers.length) { at := add(at, 32) } {
                let bits := calldataload(add(signers.offset, at))
                // What follows the codes is none of them.
                let left := sub(signers.length, at)
                if lt(left, 32) {
                    left := sub(256, shl(3, left))
                    bits := shl(left, shr(left, bits))
                }
                for { let row := add(rows, shl(7, at)) } bits { row := add(row, 128) } {
                    let code := shr(254, bits)
                    switch code
                    case 0 {}
                    default {
                        mstore(32, add(code, 25))
                        calldatacopy(64, signature, 64)
                        signature := add(signature, 64)
                        bad := or(bad, gt(mload(96), HALF_ORDER))
                        pop(staticcall(gas(), 1, 0, 128, 32, 32))
                        let rest := sub(mload(row), mload(32))
                        bad := or(bad, rest)
                        stake := add(stake, rest)
                    }
                    code := and(shr(252, bits), 3)
                    switch code
                    case 0 {}
                    default {
                        mstore(32, add(code, 25))
                        calldatacopy(64, signature, 64)
                        signature := add(signature, 64)
                        bad := or(bad, gt(mload(96), HALF_ORDER))
                        pop(staticcall(gas(), 1, 0, 128, 32, 32))
                        let rest := sub(mload(add(row, 32)), mload(32))
                        bad := or(bad, rest)
                        stake := add(stake, rest)
                    }
                    code := and(shr(250, bits), 3)
                    switch code
                    case 0 {}
                    default {
                        mstore(32, add(code, 25))
                        calldatacopy(64, signature, 64)
                        signature := add(signature, 64)
                        bad := or(bad, gt(mload(96), HALF_ORDER))
                        pop(staticcall(gas(), 1, 0, 128, 32, 32))
                        let rest := sub(mload(add(row, 64)), mload(32))
                        bad := or(bad, rest)
                        stake := add(stake, rest)
                    }
                    code := and(shr(248, bits), 3)
                    switch code
                    case 0 {}
                    default {
                        mstore(32, add(code, 25))
                        calldatacopy(64, signature, 64)
                        signature := add(signature, 64)
                        bad := or(bad, gt(mload(96), HALF_ORDER))
                        pop(staticcall(gas(), 1, 0, 128, 32, 32))
                        let rest := sub(mload(add(row, 96)), mload(32))
                        bad := or(bad, rest)
                        stake := add(stake, rest)
                    }
                    bits := shl(8, bits)
                }
            }
            end := signature
            bad := shl(96, bad)
            stake := shr(160, stake)
            mstore(0x40, sub(rows, 32))
            mstore(0x60, 0)
        }
    }

    function _wordAt(bytes memory data, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), offset))
        }
    }

    /// A key that appears twice would count twice.
    function _isAmong(uint256[] memory rows, uint256 count, uint256 key) private pure returns (bool found) {
        assembly ("memory-safe") {
            let row := add(rows, 32)
            for { let end := add(row, shl(5, count)) } lt(row, end) { row := add(row, 32) } {
                if iszero(shl(96, xor(mload(row), key))) {
                    found := 1
                    break
                }
            }
        }
    }
}
