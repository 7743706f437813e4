// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EcdsaStakeTable} from "./EcdsaStakeTable.sol";
import {ICertificateVerifier, IStakeTable} from "./Interfaces.sol";

/// @title Certificates by ECDSA signatures over secp256k1, weighted by stake ([CERT-2])
contract EcdsaCertificateVerifier is ICertificateVerifier {
    /// @notice Validators that a table may have: it must fit one contract's code.
    uint256 public constant VALIDATORS_MAX = 700;

    event TableStored(address indexed table, uint256 validators);

    error TableEmptyOrTooLarge(uint256 validators, uint256 max);
    error LengthsDiffer(uint256 keys, uint256 stakes);
    error BadKey(uint256 index);
    error TableNotStored();

    /// @inheritdoc ICertificateVerifier
    function storeTable(address[] calldata keys, uint96[] calldata stakes) external returns (IStakeTable table) {
        uint256 n = keys.length;
        if (n == 0 || n > VALIDATORS_MAX) revert TableEmptyOrTooLarge(n, VALIDATORS_MAX);
        if (stakes.length != n) revert LengthsDiffer(n, stakes.length);
        uint256[] memory words = new uint256[](n);
        for (uint256 i = 0; i < n; i++) {
            uint256 key = uint160(keys[i]);
            if (key == 0 || _isAmong(words, i, key)) revert BadKey(i);
            words[i] = (key << 96) | stakes[i];
        }
        bytes memory runtime =
            abi.encodePacked(type(EcdsaStakeTable).runtimeCode, abi.encodePacked(words), uint16(n));
        // PUSH2 length, then copy what follows this prefix and return it.
        bytes memory code = abi.encodePacked(hex"61", uint16(runtime.length), hex"80600a3d393df3", runtime);
        assembly ("memory-safe") {
            table := create(0, add(code, 32), mload(code))
        }
        if (address(table) == address(0)) revert TableNotStored();
        emit TableStored(address(table), n);
    }

    /// A key that appears twice would count twice.
    function _isAmong(uint256[] memory words, uint256 count, uint256 key) private pure returns (bool found) {
        assembly ("memory-safe") {
            let word := add(words, 32)
            for { let end := add(word, shl(5, count)) } lt(word, end) { word := add(word, 32) } {
                if eq(shr(96, mload(word)), key) {
                    found := 1
                    break
                }
            }
        }
    }
}
