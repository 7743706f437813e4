// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What takes messages from another chain
interface IMessageReceiver {
    /// @notice Called by the Inbox, with the gas limit that the sender chose.
    function onMessage(uint64 source, uint64 index, address sender, bytes calldata payload) external;
}

/// @title What is told that a message it sent failed or expired ([DLV-4])
interface IReceiptReceiver {
    /// @notice Called by the Inbox of the chain that sent.
    function onReceipt(uint64 destination, uint64 index, uint8 outcome, bytes calldata payload) external;
}

/// @title What takes tokens together with a call
interface ITokenReceiver {
    /// @notice Called after the tokens have arrived; a revert sends them back.
    function onTokenReceived(address token, uint256 amount, uint64 source, address sender, bytes calldata data)
        external;
}

/// @title Verifies stake-weighted signatures; ECDSA now, BLS12-381 later
interface ICertificateVerifier {
    /// @notice Stores a stake table once, in code storage.
    function storeTable(address[] calldata keys, uint96[] calldata stakes) external returns (address table);

    /// @notice Reads a table back.
    function readTable(address table) external view returns (address[] memory keys, uint96[] memory stakes);

    /// @notice Stake of the signers; reverts if any signature is not theirs.
    function signedStake(address table, bytes32 digest, bytes calldata signers, bytes calldata signatures)
        external
        view
        returns (uint256 stake);
}
