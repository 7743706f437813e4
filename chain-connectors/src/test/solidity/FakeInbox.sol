// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The Inbox as the connector sees it; believes every certificate. Test code only.
contract FakeInbox {
    struct Entry {
        uint64 index;
        address sender;
        address recipient;
        uint32 gasLimit;
        uint8 flags;
        uint64 deadline;
        uint96 fee;
        bytes payload;
    }

    struct Certificate {
        uint64 epoch;
        uint64 sequence;
        bytes32 header;
        bytes signers;
        bytes signatures;
    }

    struct Stream {
        uint64 count;
        uint64 sequence;
        uint64 epoch;
        bytes32 acc;
    }

    error AlreadyDelivered(uint64 count);
    error Gap(uint64 expected, uint64 found);

    event Delivered(
        uint64 indexed source,
        uint64 firstIndex,
        uint64 count,
        uint64 sequence,
        bytes32 acc,
        address submitter,
        address payout,
        bytes outcomes
    );
    event ReceiptReceived(
        uint64 indexed destination, uint64 firstIndex, bytes outcomes, address payout, uint256 fees
    );

    mapping(uint64 => Stream) public stream;
    address[] private keys;
    uint96[] private stakes;

    /// @notice Sets up the one source and its stakes.
    function connect(uint64 source, address[] calldata keys_, uint96[] calldata stakes_) external {
        stream[source].epoch = 1;
        keys = keys_;
        stakes = stakes_;
    }

    function stakeTable(uint64, uint64 epoch)
        external
        view
        returns (address[] memory, uint96[] memory, uint256 u, uint256 r)
    {
        if (epoch != 1) return (new address[](0), new uint96[](0), 0, 0);
        return (keys, stakes, 1, 1);
    }

    function deliver(uint64 source, Entry[] calldata entries, Certificate calldata certificate, address payout)
        external
    {
        Stream storage s = stream[source];
        uint64 last = entries[entries.length - 1].index;
        if (last <= s.count) revert AlreadyDelivered(s.count);
        if (entries[0].index != s.count + 1) revert Gap(s.count + 1, entries[0].index);
        bytes memory outcomes = new bytes(entries.length);
        for (uint256 i = 0; i < entries.length; i++) {
            outcomes[i] = bytes1(uint8(1 + i % 3));
            s.acc = keccak256(abi.encode(s.acc, keccak256(entries[i].payload)));
        }
        s.count = last;
        s.sequence = certificate.sequence;
        emit Delivered(
            source, entries[0].index, last, certificate.sequence, s.acc, msg.sender, payout, outcomes
        );
        emit ReceiptReceived(source, 1, outcomes, payout, 7);
    }
}
