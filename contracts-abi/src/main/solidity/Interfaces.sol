// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What takes messages from another chain
interface IMessageReceiver {
    /// @notice Called by the Inbox, with the gas limit that the sender chose.
    /// @dev Named so that its selector, 00884f96, is the first one a contract compares with.
    /// @param source chain that the message left
    /// @param index its number in the stream from there
    /// @param sender who sent it there
    /// @param payload what was sent
    function onMessageDelivered(uint64 source, uint64 index, address sender, bytes calldata payload) external;
}

/// @title What is told that a message it sent failed or expired ([DLV-4])
interface IReceiptReceiver {
    /// @notice Called by the Inbox of the chain that sent.
    /// @param destination chain that the message went to
    /// @param index its number in the stream to there
    /// @param outcome 2 for failed, 3 for expired
    /// @param payload what was sent
    function onReceipt(uint64 destination, uint64 index, uint8 outcome, bytes calldata payload) external;
}

/// @title What takes tokens together with a call
interface ITokenReceiver {
    /// @notice Called after the tokens have arrived; a revert sends them back.
    /// @param token the token's address here; zero for the native coin
    /// @param amount what has arrived
    /// @param source chain that it came from
    /// @param sender who sent it there
    /// @param data what the sender wants to be done
    function onTokenReceived(address token, uint256 amount, uint64 source, address sender, bytes calldata data)
        external;
}
