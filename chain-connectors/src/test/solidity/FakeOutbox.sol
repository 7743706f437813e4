// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The Outbox as the connector sees it, open to everybody and every chain. Test code only.
contract FakeOutbox {
    struct Stream {
        uint64 count;
        bytes32 acc;
    }

    event Sent(
        uint64 indexed destination,
        uint64 indexed index,
        address indexed sender,
        address recipient,
        uint32 gasLimit,
        uint8 flags,
        uint64 deadline,
        uint96 fee,
        bytes payload,
        bytes32 acc
    );

    mapping(uint64 => Stream) public stream;

    /// @notice Sends `times` entries at once.
    function sendMany(uint64 destination, address recipient, uint64 deadline, bytes calldata payload, uint256 times)
        external
    {
        for (uint256 i = 0; i < times; i++) {
            Stream storage s = stream[destination];
            s.count += 1;
            bytes32 entryHash = keccak256(
                abi.encode(
                    uint64(block.chainid),
                    destination,
                    s.count,
                    msg.sender,
                    recipient,
                    uint32(50000),
                    uint8(1),
                    deadline,
                    uint96(7),
                    keccak256(payload)
                )
            );
            s.acc = keccak256(abi.encode(s.acc, entryHash));
            emit Sent(destination, s.count, msg.sender, recipient, 50000, 1, deadline, 7, payload, s.acc);
        }
    }
}
