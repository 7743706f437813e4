// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Entry, Certificate, FLAG_RECEIPT, FLAG_SYSTEM} from "./Types.sol";
import {ICertificateVerifier, IMessageReceiver, IReceiptReceiver} from "./Interfaces.sol";
import {Guarded} from "./Guarded.sol";
import {Outbox} from "./Outbox.sol";

/// @title Inbox: where certified messages of other chains are executed, in order ([DLV-1])
contract Inbox is Guarded {
    struct Source {
        uint64 count;
        uint64 sequence;
        uint64 epoch;
        bytes32 acc;
    }

    struct Table {
        address table;
        uint256 u;
        uint256 r;
        uint256 threshold;
    }

    uint8 private constant EXECUTED = 1;
    uint8 private constant FAILED = 2;
    uint8 private constant EXPIRED = 3;
    uint8 private constant KIND_OUTCOMES = 1;
    uint8 private constant KIND_REFUND = 2;

    /// @notice Gas given to an application that is told of a failure.
    uint256 public constant RECEIPT_GAS = 300_000;
    /// @notice Gas kept back for what follows an entry's execution.
    uint256 public constant RESERVE_GAS = 40_000;
    /// @notice Bytes of a revert reason that are reported.
    uint256 public constant REASON_BYTES_MAX = 64;

    bytes32 private constant ATTESTATION_TYPE = keccak256(
        "Attestation(uint64 source,uint64 destination,uint64 epoch,uint64 sequence,uint64 count,bytes32 acc,bytes32 header)"
    );

    /// @notice The chain that entries arrive at.
    uint64 public immutable destination;
    /// @notice Where receipts leave.
    Outbox public immutable outbox;
    /// @notice How certificates are verified.
    ICertificateVerifier public immutable verifier;
    bytes32 private immutable domain;

    mapping(uint64 source => Source) private sources;
    mapping(uint64 source => mapping(uint64 epoch => Table)) private tables;
    /// @notice Hashes of receipts whose application failed; anybody may retry them.
    mapping(bytes32 receipt => bool) public failedReceipts;
    bool private transient entered;

    event SourceAdded(uint64 indexed source, uint64 epoch, address table, uint256 u, uint256 r);
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
    error InsufficientGas(uint64 index, uint256 needed, uint256 left);
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
    function addSource(
        uint64 source,
        uint64 epoch,
        address[] calldata keys,
        uint96[] calldata stakes,
        uint256 u,
        uint256 r
    ) external onlyAdmin {
        if (sources[source].epoch != 0 || source == destination || epoch == 0) revert SourceExists(source);
        uint256 total = 0;
        for (uint256 i = 0; i < stakes.length; i++) total += stakes[i];
        if (r > u || u > total || total < 2 * u + r + 1) revert UnsoundFaultModel(total, u, r);
        address table = verifier.storeTable(keys, stakes);
        sources[source].epoch = epoch;
        tables[source][epoch] = Table(table, u, r, total - u);
        emit SourceAdded(source, epoch, table, u, r);
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
        if (t.table == address(0)) revert UnknownSource(source);
        (keys, stakes) = verifier.readTable(t.table);
        return (keys, stakes, t.u, t.r);
    }

    /// @notice What validators sign.
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
    /// @param entries a contiguous run; what was accepted before is skipped
    /// @param payout whom the entries' fees are credited to on the source
    function deliver(uint64 source, Entry[] calldata entries, Certificate calldata certificate, address payout)
        external
        whenNotPaused
        nonReentrant
    {
        (uint256 skip, uint64 count, bytes32 acc) = _extend(source, entries);
        _verify(source, count, acc, certificate);
        Source storage s = sources[source];
        s.count = count;
        s.sequence = certificate.sequence;
        s.acc = acc;
        bytes memory outcomes = new bytes(entries.length - skip);
        uint256 fees = 0;
        bool wanted = false;
        for (uint256 i = skip; i < entries.length; i++) {
            Entry calldata e = entries[i];
            outcomes[i - skip] = bytes1(_execute(source, e));
            fees += e.fee;
            wanted = wanted || e.fee > 0 || e.flags & FLAG_RECEIPT != 0;
        }
        uint64 first = entries[skip].index;
        emit Delivered(source, first, count, certificate.sequence, acc, msg.sender, payout, outcomes);
        if (wanted) {
            outbox.sendSystem(source, abi.encode(KIND_OUTCOMES, first, outcomes, payout, fees));
            _sendRefunds(source, entries, skip, outcomes);
        }
    }

    /// @notice Tries an application's receipt again that failed before.
    function retryReceipt(uint64 source, Entry calldata entry) external nonReentrant {
        bytes32 id = keccak256(abi.encode(source, entry));
        if (!failedReceipts[id]) revert NoSuchFailedReceipt(id);
        failedReceipts[id] = false;
        (, uint64 index, uint8 outcome, address sender, bytes memory payload) =
            abi.decode(entry.payload, (uint8, uint64, uint8, address, bytes));
        IReceiptReceiver(sender).onReceipt(source, index, outcome, payload);
        emit RefundNotified(source, index, outcome, true);
    }

    function _extend(uint64 source, Entry[] calldata entries)
        private
        view
        returns (uint256 skip, uint64 count, bytes32 acc)
    {
        Source storage s = sources[source];
        if (s.epoch == 0) revert UnknownSource(source);
        if (entries.length == 0) revert NoEntries();
        count = s.count;
        acc = s.acc;
        if (entries[entries.length - 1].index <= count) revert AlreadyDelivered(count);
        if (entries[0].index <= count) skip = count + 1 - entries[0].index;
        for (uint256 i = skip; i < entries.length; i++) {
            Entry calldata e = entries[i];
            if (e.index != count + 1) revert Gap(count + 1, e.index);
            count = e.index;
            bytes32 entryHash = keccak256(
                abi.encode(
                    source,
                    destination,
                    e.index,
                    e.sender,
                    e.recipient,
                    e.gasLimit,
                    e.flags,
                    e.deadline,
                    e.fee,
                    keccak256(e.payload)
                )
            );
            assembly ("memory-safe") {
                mstore(0, acc)
                mstore(32, entryHash)
                acc := keccak256(0, 64)
            }
        }
    }

    function _verify(uint64 source, uint64 count, bytes32 acc, Certificate calldata c) private view {
        Source storage s = sources[source];
        if (c.epoch != s.epoch) revert WrongEpoch(s.epoch, c.epoch);
        if (c.sequence <= s.sequence) revert WrongSequence(s.sequence, c.sequence);
        Table storage t = tables[source][c.epoch];
        uint256 signed = verifier.signedStake(
            t.table, attestationDigest(source, c.epoch, c.sequence, count, acc, c.header), c.signers, c.signatures
        );
        if (signed < t.threshold) revert NotEnoughStake(signed, t.threshold);
    }

    function _execute(uint64 source, Entry calldata e) private returns (uint8) {
        if (e.flags & FLAG_SYSTEM != 0) return _onSystem(source, e);
        if (e.deadline != 0 && block.timestamp > e.deadline) return EXPIRED;
        if (e.recipient.code.length == 0 || e.recipient == address(this) || e.recipient == address(outbox)) {
            emit EntryFailed(source, e.index, "");
            return FAILED;
        }
        (bool ok, bytes memory reason) = _callIsolated(
            e.index, e.recipient, e.gasLimit, abi.encodeCall(IMessageReceiver.onMessage, (source, e.index, e.sender, e.payload))
        );
        if (ok) return EXECUTED;
        emit EntryFailed(source, e.index, reason);
        return FAILED;
    }

    /// Calls with exactly the gas promised, or reverts the whole delivery: a submitter cannot make entries fail by giving too little.
    function _callIsolated(uint64 index, address to, uint256 gasLimit, bytes memory data)
        private
        returns (bool ok, bytes memory reason)
    {
        uint256 needed = gasLimit + gasLimit / 62 + RESERVE_GAS;
        if (gasleft() < needed) revert InsufficientGas(index, needed, gasleft());
        uint256 max = REASON_BYTES_MAX;
        assembly ("memory-safe") {
            ok := call(gasLimit, to, 0, add(data, 32), mload(data), 0, 0)
            if iszero(ok) {
                let size := returndatasize()
                if gt(size, max) { size := max }
                reason := mload(0x40)
                mstore(reason, size)
                returndatacopy(add(reason, 32), 0, size)
                mstore(0x40, add(reason, 128))
            }
        }
    }

    function _onSystem(uint64 source, Entry calldata e) private returns (uint8) {
        uint8 kind = uint8(uint256(bytes32(e.payload)));
        if (kind == KIND_OUTCOMES) {
            (, uint64 first, bytes memory outcomes, address payout, uint256 fees) =
                abi.decode(e.payload, (uint8, uint64, bytes, address, uint256));
            if (fees > 0) outbox.creditFee(payout, fees);
            emit ReceiptReceived(source, first, outcomes, payout, fees);
            return EXECUTED;
        }
        (, uint64 index, uint8 outcome, address sender, bytes memory payload) =
            abi.decode(e.payload, (uint8, uint64, uint8, address, bytes));
        bool ok = false;
        if (sender.code.length != 0) {
            (ok,) = _callIsolated(
                e.index, sender, RECEIPT_GAS, abi.encodeCall(IReceiptReceiver.onReceipt, (source, index, outcome, payload))
            );
        }
        if (!ok) failedReceipts[keccak256(abi.encode(source, e))] = true;
        emit RefundNotified(source, index, outcome, ok);
        return EXECUTED;
    }

    function _sendRefunds(uint64 source, Entry[] calldata entries, uint256 skip, bytes memory outcomes) private {
        for (uint256 i = skip; i < entries.length; i++) {
            uint8 outcome = uint8(outcomes[i - skip]);
            Entry calldata e = entries[i];
            if (outcome != EXECUTED && e.flags & FLAG_RECEIPT != 0) {
                outbox.sendSystem(source, abi.encode(KIND_REFUND, e.index, outcome, e.sender, e.payload));
            }
        }
    }
}
