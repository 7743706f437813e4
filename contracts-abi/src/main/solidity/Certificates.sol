// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Certificate} from "./Types.sol";

/// @title How an Inbox keeps stake tables and checks certificates against them ([CERT-2])
/// @notice ECDSA now, BLS12-381 later: an Inbox inherits one of them. Inherited and not called, for a call would copy all
/// signatures once more.
abstract contract Certificates {
    error WrongEpoch(uint64 expected, uint64 found);
    error NotEnoughStake(uint256 signed, uint256 needed);

    /// Fixes an epoch's stake table for good.
    /// @param needed stake that is enough for a certificate
    function _storeTable(uint64 epoch, uint96 needed, address[] calldata keys, uint96[] calldata stakes)
        internal
        virtual
        returns (address table);

    /// Bridge keys and stakes of a table, in the order that certificates count, and its epoch.
    function _readTable(address table)
        internal
        view
        virtual
        returns (uint64 epoch, address[] memory keys, uint96[] memory stakes);

    /// Reverts unless validators with enough stake have signed, in the table's epoch, and nobody else.
    function _verify(address table, bytes32 digest, Certificate calldata certificate) internal view virtual;
}
