// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FLAG_RECEIPT, FLAG_REFUND, FLAG_SYSTEM} from "./Types.sol";
import {Guarded} from "./Guarded.sol";

/// @title Outbox: where cross-chain messages leave this chain
/// @notice Keeps a count and a hash chain per destination ([OUT-1]). Two storage slots a send: a full hash and a count
/// do not fit one.
contract Outbox is Guarded {
    struct Stream {
        uint64 count;
        bool paused;
        bool isConnected;
        bytes32 acc;
    }

    /// @notice Longest payload, bytes.
    uint256 public constant PAYLOAD_BYTES_MAX = 8192;
    /// @notice Longest payload of a system entry: a receipt echoes a payload.
    uint256 public constant SYSTEM_PAYLOAD_BYTES_MAX = 16384;
    /// @notice Highest gas limit of an entry.
    uint256 public constant GAS_LIMIT_MAX = 2_000_000;

    /// @notice The chain that entries leave.
    uint64 public immutable source;
    /// @notice Who may send system entries; set once.
    address public inbox;
    mapping(uint64 destination => Stream) private streams;
    /// @notice Fees paid for messages to a chain and not credited yet, in wei: what its receipts can credit at most.
    mapping(uint64 destination => uint256) public feesHeld;
    /// @notice Fees credited to payout addresses, in wei.
    mapping(address payout => uint256) public credited;

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
    event FeeCredited(uint64 indexed destination, address indexed payout, uint256 amount);
    event FeesWithdrawn(address indexed payout, uint256 amount);
    event InboxSet(address inbox);
    event Connected(uint64 indexed destination);
    event Paused(uint64 indexed destination, bool paused);

    error PayloadTooLong(uint256 bytesGiven, uint256 bytesMax);
    error GasLimitTooHigh(uint256 given, uint256 max);
    error FlagsNotAllowed(uint8 flags);
    error UnknownDestination(uint64 destination);
    error FeeTooHigh(uint256 fee);
    error OnlyInbox(address caller);
    error InboxAlreadySet(address inbox);
    error NothingToWithdraw(address payout);
    error WithdrawFailed(address payout);

    constructor(address guardian) Guarded(guardian) {
        source = uint64(block.chainid);
    }

    /// @notice Names the Inbox, once.
    function setInbox(address inbox_) external onlyAdmin {
        if (inbox != address(0)) revert InboxAlreadySet(inbox);
        inbox = inbox_;
        emit InboxSet(inbox_);
    }

    /// @notice Opens the way to a chain, once the Inbox accepts what comes from there: receipts must find back.
    function connect(uint64 destination) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        streams[destination].isConnected = true;
        emit Connected(destination);
    }

    /// @notice Stops or resumes sending to a chain; receipts still leave.
    function setPaused(uint64 destination, bool paused) external onlyGuardian {
        streams[destination].paused = paused;
        emit Paused(destination, paused);
    }

    /// @notice Whether sending to a chain is paused.
    function isPaused(uint64 destination) external view returns (bool) {
        return streams[destination].paused;
    }

    /// @notice Sends a message; msg.value is the fee for whoever executes it.
    /// @param recipient contract that the Inbox of the destination calls
    /// @param gasLimit gas that it gets
    /// @param flags 0, or 1 to get a receipt, or 2 to hear of a failure or an expiry only
    /// @param deadline latest block time of execution, in seconds; 0 for none
    /// @return index the message's number in the stream
    function send(
        uint64 destination,
        address recipient,
        uint32 gasLimit,
        uint8 flags,
        uint64 deadline,
        bytes calldata payload
    ) external payable returns (uint64 index) {
        if (payload.length > PAYLOAD_BYTES_MAX) revert PayloadTooLong(payload.length, PAYLOAD_BYTES_MAX);
        if (gasLimit > GAS_LIMIT_MAX) revert GasLimitTooHigh(gasLimit, GAS_LIMIT_MAX);
        if (flags & ~(FLAG_RECEIPT | FLAG_REFUND) != 0) revert FlagsNotAllowed(flags);
        if (msg.value > type(uint96).max) revert FeeTooHigh(msg.value);
        if (!streams[destination].isConnected) revert UnknownDestination(destination);
        if (streams[destination].paused) revert IsPaused();
        if (msg.value > 0) feesHeld[destination] += msg.value;
        return _append(destination, recipient, gasLimit, flags, deadline, uint96(msg.value), payload);
    }

    /// @notice Sends an entry of the bridge itself: receipts.
    function sendSystem(uint64 destination, bytes calldata payload) external returns (uint64 index) {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        if (payload.length > SYSTEM_PAYLOAD_BYTES_MAX) revert PayloadTooLong(payload.length, SYSTEM_PAYLOAD_BYTES_MAX);
        return _append(destination, address(0), 0, FLAG_SYSTEM, 0, 0, payload);
    }

    /// @notice Credits fees that a receipt says were earned, at most what was paid for messages to that chain: a chain
    /// whose validators lie can't reach the fees of others.
    function creditFee(uint64 destination, address payout, uint256 amount) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        uint256 held = feesHeld[destination];
        if (amount > held) amount = held;
        feesHeld[destination] = held - amount;
        credited[payout] += amount;
        emit FeeCredited(destination, payout, amount);
    }

    /// @notice Pays the caller what was credited to it.
    function withdrawFees() external {
        uint256 amount = credited[msg.sender];
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        credited[msg.sender] = 0;
        emit FeesWithdrawn(msg.sender, amount);
        (bool ok,) = msg.sender.call{value: amount}("");
        if (!ok) revert WithdrawFailed(msg.sender);
    }

    /// @notice Count and accumulator of a stream.
    function stream(uint64 destination) external view returns (uint64 count, bytes32 acc) {
        Stream storage s = streams[destination];
        return (s.count, s.acc);
    }

    function _append(
        uint64 destination,
        address recipient,
        uint32 gasLimit,
        uint8 flags,
        uint64 deadline,
        uint96 fee,
        bytes calldata payload
    ) private returns (uint64 index) {
        Stream storage s = streams[destination];
        index = s.count + 1;
        bytes32 entryHash = keccak256(
            abi.encode(source, destination, index, msg.sender, recipient, gasLimit, flags, deadline, fee, keccak256(payload))
        );
        bytes32 acc = keccak256(abi.encodePacked(s.acc, entryHash));
        s.count = index;
        s.acc = acc;
        emit Sent(destination, index, msg.sender, recipient, gasLimit, flags, deadline, fee, payload, acc);
    }
}
