// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Guarded} from "./Guarded.sol";
import {ICertificateVerifier, IMessageReceiver, IReceiptReceiver, IStakeTable} from "./Interfaces.sol";
import {IsolatedCall} from "./IsolatedCall.sol";
import {Outbox} from "./Outbox.sol";
import {SystemPayload} from "./SystemPayload.sol";
import {Certificate, Entry, EXECUTED, EXPIRED, FAILED, FLAG_RECEIPT, FLAG_REFUND, FLAG_SYSTEM} from "./Types.sol";

/// @title Inbox: where certified messages of other chains are executed, in order ([DLV-1])
/// @notice Whoever submits them is trusted with nothing.
contract Inbox is Guarded {
    struct Source {
        uint64 count;
        uint64 sequence;
        uint56 epoch;
        bool paused;
        bytes32 acc;
    }

    /// @dev `threshold` is total − u ([CERT-2]); one slot with the table, because every delivery reads both.
    struct Table {
        IStakeTable table;
        uint96 threshold;
        uint128 u;
        uint128 r;
    }

    /// @notice Gas given to an application that is told of a failure.
    uint256 public constant RECEIPT_GAS = 300_000;

    bytes32 private constant ATTESTATION_TYPE = keccak256(
        "Attestation(uint64 source,uint64 destination,uint64 epoch,uint64 sequence,uint64 count,bytes32 acc,bytes32 header)"
    );

    /// @notice The chain that entries arrive at.
    uint64 public immutable destination;
    /// @notice Where receipts leave.
    Outbox public immutable outbox;
    /// @notice How stake tables verify certificates.
    ICertificateVerifier public immutable verifier;
    bytes32 private immutable domain;

    mapping(uint64 source => Source) private sources;
    mapping(uint64 source => mapping(uint64 epoch => Table)) private tables;
    /// @notice Refund entries, by hash, whose application failed when it was told; anybody may retry them.
    mapping(bytes32 receipt => bool) public failedReceipts;
    bool private transient entered;

    event Paused(uint64 indexed source, bool paused);
    event SourceAdded(uint64 indexed source, uint64 epoch, address table, uint256 u, uint256 r);
    /// @param outcomes a byte for each entry from `firstIndex` on: 1 executed, 2 failed, 3 expired
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
    /// @param reason the first 64 bytes of why
    event EntryFailed(uint64 indexed source, uint64 indexed index, bytes reason);
    event ReceiptReceived(
        uint64 indexed destination, uint64 firstIndex, bytes outcomes, address payout, uint256 fees
    );
    event RefundNotified(uint64 indexed destination, uint64 indexed index, uint8 outcome, bool handled);

    error SourceExists(uint64 source);
    error UnknownSource(uint64 source);
    error UnsoundFaultModel(uint256 total, uint256 u, uint256 r);
    error AlreadyDelivered(uint64 count);
    error Gap(uint64 expected, uint64 found);
    error WrongEpoch(uint64 expected, uint64 found);
    error WrongSequence(uint64 last, uint64 found);
    error NotEnoughStake(uint256 signed, uint256 needed);
    error Reentered();
    error NoSuchFailedReceipt(bytes32 receipt);
    error NoEntries();

    constructor(Outbox outbox_, ICertificateVerifier verifier_, address guardian) Guarded(guardian) {
        outbox = outbox_;
        verifier = verifier_;
        destination = uint64(block.chainid);
        domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Mallard"),
                keccak256("1"),
                block.chainid,
                address(this)
            )
        );
    }

    modifier nonReentrant() {
        if (entered) revert Reentered();
        entered = true;
        _;
        entered = false;
    }

    /// @notice Names a source chain and its first stake table, once: where trust starts (weak subjectivity).
    /// @param u stake that may fail without loss of liveness
    /// @param r stake that may lie without loss of safety
    function addSource(
        uint64 source,
        uint64 epoch,
        address[] calldata keys,
        uint96[] calldata stakes,
        uint256 u,
        uint256 r
    ) external onlyAdmin {
        if (sources[source].epoch != 0 || source == destination || epoch == 0 || epoch > type(uint56).max) revert SourceExists(source);
        uint256 total = 0;
        for (uint256 i = 0; i < stakes.length; i++) total += stakes[i];
        if (r > u || u > total || total < 2 * u + r + 1 || total > type(uint96).max) {
            revert UnsoundFaultModel(total, u, r);
        }
        IStakeTable table = verifier.storeTable(keys, stakes);
        sources[source].epoch = uint56(epoch);
        tables[source][epoch] = Table(table, uint96(total - u), uint128(u), uint128(r));
        emit SourceAdded(source, epoch, address(table), u, r);
    }

    /// @notice Stops or resumes deliveries from a chain; what waits is delivered later.
    function setPaused(uint64 source, bool paused) external onlyGuardian {
        sources[source].paused = paused;
        emit Paused(source, paused);
    }

    /// @notice Whether deliveries from a chain are paused.
    function isPaused(uint64 source) external view returns (bool) {
        return sources[source].paused;
    }

    /// @notice What has been accepted of a source's stream.
    function stream(uint64 source) external view returns (uint64 count, uint64 sequence, uint64 epoch, bytes32 acc) {
        Source storage s = sources[source];
        return (s.count, s.sequence, s.epoch, s.acc);
    }

    /// @notice By whom certificates of a source are signed.
    function stakeTable(uint64 source, uint64 epoch)
        external
        view
        returns (address[] memory keys, uint96[] memory stakes, uint256 u, uint256 r)
    {
        Table storage t = tables[source][epoch];
        if (address(t.table) == address(0)) revert UnknownSource(source);
        (keys, stakes) = t.table.validators();
        return (keys, stakes, t.u, t.r);
    }

    /// @notice What validators sign ([CERT-1]).
    function attestationDigest(
        uint64 source,
        uint64 epoch,
        uint64 sequence,
        uint64 count,
        bytes32 acc,
        bytes32 header
    ) public view returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                hex"1901",
                domain,
                keccak256(abi.encode(ATTESTATION_TYPE, source, destination, epoch, sequence, count, acc, header))
            )
        );
    }

    /// @notice Accepts certified entries in index order and executes each in isolation ([DLV-1]).
    /// @param entries a contiguous run; what was accepted before is skipped ([DLV-3])
    /// @param payout whom the entries' fees are credited to on the source
    function deliver(uint64 source, Entry[] calldata entries, Certificate calldata certificate, address payout)
        external
        nonReentrant
    {
        (uint256 skip, uint64 count, bytes32 acc) = _extend(source, entries);
        _verify(source, count, acc, certificate);
        Source storage s = sources[source];
        (s.count, s.sequence, s.acc) = (count, certificate.sequence, acc);
        bytes memory outcomes = new bytes(entries.length - skip);
        uint64 first = count - uint64(outcomes.length) + 1;
        uint256 fees = 0;
        uint256 flags = 0;
        bool allExecuted = true;
        for (uint256 i = skip; i < entries.length; i++) {
            Entry calldata e = entries[i];
            uint8 outcome = _execute(source, e);
            allExecuted = allExecuted && outcome == EXECUTED;
            fees += e.fee;
            flags |= e.flags;
            assembly ("memory-safe") {
                mstore8(add(add(outcomes, 32), sub(i, skip)), outcome)
            }
        }
        emit Delivered(source, first, count, certificate.sequence, acc, msg.sender, payout, outcomes);
        if (fees != 0 || flags & FLAG_RECEIPT != 0) {
            outbox.sendSystem(source, SystemPayload.encodeOutcomes(first, outcomes, payout, fees));
        }
        if (!allExecuted) _sendRefunds(source, entries, skip, outcomes);
    }

    /// @notice Tells an application again that failed when it was first told.
    /// @param entry the refund entry, as it was delivered
    function retryReceipt(uint64 source, Entry calldata entry) external nonReentrant {
        bytes32 id = keccak256(abi.encode(source, entry));
        if (!failedReceipts[id]) revert NoSuchFailedReceipt(id);
        failedReceipts[id] = false;
        (uint64 index, uint8 outcome, address sender, bytes calldata sent) = SystemPayload.decodeRefund(entry.payload);
        IReceiptReceiver(sender).onReceipt(source, index, outcome, sent);
        emit RefundNotified(source, index, outcome, true);
    }

    /// Continues the stream's hash chain with the entries that are new ([OUT-1]).
    function _extend(uint64 source, Entry[] calldata entries)
        private
        view
        returns (uint256 skip, uint64 count, bytes32 acc)
    {
        Source storage s = sources[source];
        if (s.epoch == 0) revert UnknownSource(source);
        if (s.paused) revert IsPaused();
        if (entries.length == 0) revert NoEntries();
        (count, acc) = (s.count, s.acc);
        if (entries[0].index <= count) skip = count + 1 - entries[0].index;
        if (skip >= entries.length) revert AlreadyDelivered(count);
        uint256 m;
        uint64 to = destination;
        // The ten words that Outbox hashes: two here, seven straight from the call data, the payload's hash. Words that
        // are no proper uint64, address … give a hash that no Outbox ever had, so nobody has certified them.
        assembly ("memory-safe") {
            m := mload(0x40)
            mstore(m, source)
            mstore(add(m, 32), to)
        }
        for (uint256 i = skip; i < entries.length; i++) {
            Entry calldata e = entries[i];
            if (e.index != ++count) revert Gap(count, e.index);
            bytes calldata payload = e.payload;
            assembly ("memory-safe") {
                let hashed := add(m, 288)
                calldatacopy(add(m, 320), payload.offset, payload.length)
                mstore(hashed, keccak256(add(m, 320), payload.length))
                calldatacopy(add(m, 64), e, 224)
                mstore(0, acc)
                mstore(32, keccak256(m, 320))
                acc := keccak256(0, 64)
            }
        }
    }

    function _verify(uint64 source, uint64 count, bytes32 acc, Certificate calldata c) private view {
        Source storage s = sources[source];
        if (c.epoch != s.epoch) revert WrongEpoch(s.epoch, c.epoch);
        if (c.sequence <= s.sequence) revert WrongSequence(s.sequence, c.sequence);
        Table storage t = tables[source][c.epoch];
        uint256 needed = t.threshold;
        uint256 signed = t.table.signedStake(
            attestationDigest(source, c.epoch, c.sequence, count, acc, c.header), c.signers, c.signatures
        );
        if (signed < needed) revert NotEnoughStake(signed, needed);
    }

    function _execute(uint64 source, Entry calldata e) private returns (uint8) {
        if (e.flags & FLAG_SYSTEM != 0) return _executeSystem(source, e);
        if (e.deadline != 0 && block.timestamp > e.deadline) return EXPIRED;
        address to = e.recipient;
        if (to.code.length == 0 || to == address(this) || to == address(outbox)) {
            emit EntryFailed(source, e.index, "");
            return FAILED;
        }
        bytes4 selector = IMessageReceiver.onMessage.selector;
        if (IsolatedCall.tryCall(to, e.gasLimit, selector, source, e.index, uint160(e.sender), e.payload)) {
            return EXECUTED;
        }
        emit EntryFailed(source, e.index, IsolatedCall.reason());
        return FAILED;
    }

    /// Takes up what the other chain's Inbox reports ([DLV-4]); what this one can't read harms nobody.
    function _executeSystem(uint64 source, Entry calldata e) private returns (uint8) {
        bytes calldata payload = e.payload;
        uint8 kind = SystemPayload.kindOf(payload);
        if (kind == SystemPayload.OUTCOMES) {
            (uint64 first, bytes calldata outcomes, address payout, uint256 fees) =
                SystemPayload.decodeOutcomes(payload);
            if (fees > 0) outbox.creditFee(source, payout, fees);
            emit ReceiptReceived(source, first, outcomes, payout, fees);
            return EXECUTED;
        }
        if (kind == SystemPayload.REFUND) {
            _notifyOfRefund(source, e);
            return EXECUTED;
        }
        emit EntryFailed(source, e.index, "");
        return FAILED;
    }

    function _notifyOfRefund(uint64 source, Entry calldata e) private {
        (uint64 index, uint8 outcome, address sender, bytes calldata sent) = SystemPayload.decodeRefund(e.payload);
        bytes4 selector = IReceiptReceiver.onReceipt.selector;
        bool handled = sender.code.length != 0 && sender != address(outbox)
            && IsolatedCall.tryCall(sender, RECEIPT_GAS, selector, source, index, outcome, sent);
        if (!handled) failedReceipts[keccak256(abi.encode(source, e))] = true;
        emit RefundNotified(source, index, outcome, handled);
    }

    function _sendRefunds(uint64 source, Entry[] calldata entries, uint256 skip, bytes memory outcomes) private {
        for (uint256 i = skip; i < entries.length; i++) {
            uint8 outcome = uint8(outcomes[i - skip]);
            Entry calldata e = entries[i];
            if (outcome != EXECUTED && e.flags & (FLAG_RECEIPT | FLAG_REFUND) != 0) {
                outbox.sendSystem(source, SystemPayload.encodeRefund(e.index, outcome, e.sender, e.payload));
            }
        }
    }
}
