// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EcdsaCertificates} from "./EcdsaCertificates.sol";
import {EntryData} from "./EntryData.sol";
import {Guarded} from "./Guarded.sol";
import {IMessageReceiver, IReceiptReceiver} from "./Interfaces.sol";
import {IsolatedCall} from "./IsolatedCall.sol";
import {Outbox} from "./Outbox.sol";
import {SystemPayload} from "./SystemPayload.sol";
import {Certificate, Entry, EXECUTED, EXPIRED, FAILED, FLAG_RECEIPT, FLAG_REFUND, FLAG_SYSTEM} from "./Types.sol";

/// @title Inbox: where certified messages of other chains are executed, in order ([DLV-1])
/// @notice Whoever submits them is trusted with nothing.
contract Inbox is Guarded, EcdsaCertificates {
    using EntryData for Entry;
    using EntryData for Entry[];

    /// @dev Two slots, because every delivery reads and writes them all; the epoch is known to the table.
    struct Source {
        address table;
        uint48 count;
        uint40 sequence;
        bool paused;
        bytes32 acc;
    }

    /// @dev A stake table's fault model, for those who ask.
    struct Table {
        address table;
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
    bytes32 private immutable domain;

    mapping(uint64 source => Source) private sources;
    mapping(uint64 source => mapping(uint64 epoch => Table)) private tables;
    /// @notice Refund entries, by hash, whose application failed when it was told; anybody may retry them.
    mapping(bytes32 receipt => bool) public failedReceipts;
    uint256 private transient entered;

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
    error WrongSequence(uint64 last, uint64 found);
    error Reentered();
    error NoSuchFailedReceipt(bytes32 receipt);
    error NoEntries();

    constructor(Outbox outbox_, address guardian) Guarded(guardian) {
        outbox = outbox_;
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
        if (entered != 0) revert Reentered();
        entered = 1;
        _;
        entered = 0;
    }

    /// @notice Names a source chain and its first stake table, once: where trust starts (weak subjectivity). The Outbox sends
    /// to that chain from then on.
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
        if (sources[source].table != address(0) || source == destination || epoch == 0) {
            revert SourceExists(source);
        }
        uint256 total = 0;
        for (uint256 i = 0; i < stakes.length; i++) total += stakes[i];
        if (r > u || u > total || total < 2 * u + r + 1 || total > type(uint96).max) {
            revert UnsoundFaultModel(total, u, r);
        }
        address table = _storeTable(epoch, uint96(total - u), keys, stakes);
        sources[source].table = table;
        tables[source][epoch] = Table(table, uint128(u), uint128(r));
        outbox.connect(source);
        emit SourceAdded(source, epoch, table, u, r);
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
        if (s.table != address(0)) (epoch,,) = _readTable(s.table);
        return (s.count, s.sequence, epoch, s.acc);
    }

    /// @notice By whom certificates of a source are signed.
    function stakeTable(uint64 source, uint64 epoch)
        external
        view
        returns (address[] memory keys, uint96[] memory stakes, uint256 u, uint256 r)
    {
        Table storage t = tables[source][epoch];
        if (t.table == address(0)) revert UnknownSource(source);
        (, keys, stakes) = _readTable(t.table);
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
    ) public view returns (bytes32 digest) {
        bytes32 type_ = ATTESTATION_TYPE;
        bytes32 domain_ = domain;
        uint64 to = destination;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, type_)
            mstore(add(m, 32), source)
            mstore(add(m, 64), to)
            mstore(add(m, 96), epoch)
            mstore(add(m, 128), sequence)
            mstore(add(m, 160), count)
            mstore(add(m, 192), acc)
            mstore(add(m, 224), header)
            let attestation := keccak256(m, 256)
            mstore(m, shl(240, 0x1901))
            mstore(add(m, 2), domain_)
            mstore(add(m, 34), attestation)
            digest := keccak256(m, 66)
        }
    }

    /// @notice Reverts unless a certificate holds: enough stake of a source's present epoch has signed, and nobody else.
    /// @param digest what was signed, as `attestationDigest` says
    function checkCertificate(uint64 source, bytes32 digest, Certificate calldata certificate) external view {
        address table = sources[source].table;
        if (table == address(0)) revert UnknownSource(source);
        _verify(table, digest, certificate);
    }

    /// @notice Accepts certified entries in index order and executes each in isolation ([DLV-1]).
    /// @param entries a contiguous run; what was accepted before is skipped ([DLV-3])
    /// @param payout whom the entries' fees are credited to on the source
    function deliver(uint64 source, Entry[] calldata entries, Certificate calldata certificate, address payout)
        external
        nonReentrant
    {
        (uint256 skip, uint64 count, bytes32 acc) = _accept(source, entries, certificate);
        (bytes memory outcomes, uint256 fees, bool isAsked, bool allExecuted) = _executeAll(source, entries, skip);
        uint64 first;
        unchecked {
            first = count - uint64(outcomes.length) + 1;
        }
        emit Delivered(source, first, count, certificate.sequence, acc, msg.sender, payout, outcomes);
        if (isAsked) outbox.sendSystem(source, SystemPayload.encodeOutcomes(first, outcomes, payout, fees));
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

    /// Continues the stream's hash chain with the entries that are new ([OUT-1]), requires a certificate for where it ends,
    /// and takes it up.
    function _accept(uint64 source, Entry[] calldata entries, Certificate calldata c)
        private
        returns (uint256 skip, uint64 count, bytes32 acc)
    {
        Source storage stored = sources[source];
        Source memory s = stored;
        if (s.table == address(0)) revert UnknownSource(source);
        if (s.paused) revert IsPaused();
        if (entries.length == 0) revert NoEntries();
        (skip, count, acc) = _extend(source, s.count, s.acc, entries);
        uint64 sequence = c.sequence;
        if (sequence <= s.sequence || sequence > type(uint40).max) revert WrongSequence(s.sequence, sequence);
        _verify(s.table, attestationDigest(source, c.epoch, sequence, count, acc, c.header), c);
        (stored.count, stored.sequence, stored.acc) = (uint48(count), uint40(sequence), acc);
    }

    function _extend(uint64 source, uint64 last, bytes32 acc, Entry[] calldata entries)
        private
        view
        returns (uint256 skip, uint64, bytes32)
    {
        unchecked {
            uint256 count = last;
            uint256 first = entries.get(0).indexOf();
            if (first <= count) skip = count + 1 - first;
            if (skip >= entries.length) revert AlreadyDelivered(last);
            uint64 to = destination;
            for (uint256 i = skip; i < entries.length; i++) {
                Entry calldata e = entries.get(i);
                if (e.indexOf() != ++count) revert Gap(uint64(count), uint64(e.indexOf()));
                acc = EntryData.extend(acc, source, to, e);
            }
            return (skip, uint64(count), acc);
        }
    }

    /// @return outcomes of the entries that are new
    /// @return fees that they carry
    /// @return isAsked whether the source is told the outcomes: somebody asked, or there are fees
    /// @return allExecuted whether there is nothing to refund
    function _executeAll(uint64 source, Entry[] calldata entries, uint256 skip)
        private
        returns (bytes memory outcomes, uint256 fees, bool isAsked, bool allExecuted)
    {
        unchecked {
            outcomes = new bytes(entries.length - skip);
            uint256 flags = 0;
            uint256 isOther = 0;
            for (uint256 i = skip; i < entries.length; i++) {
                Entry calldata e = entries.get(i);
                uint256 outcome = _execute(source, e);
                isOther |= outcome ^ EXECUTED;
                fees += e.feeOf();
                flags |= e.flagsOf();
                assembly ("memory-safe") {
                    mstore8(add(add(outcomes, 32), sub(i, skip)), outcome)
                }
            }
            return (outcomes, fees, fees != 0 || flags & FLAG_RECEIPT != 0, isOther == 0);
        }
    }

    function _execute(uint64 source, Entry calldata e) private returns (uint8) {
        if (e.flagsOf() & FLAG_SYSTEM != 0) return _executeSystem(source, e);
        (address sender, address to, uint256 gasLimit, uint256 deadline) = e.callOf();
        if (deadline != 0 && block.timestamp > deadline) return EXPIRED;
        if (to.code.length == 0 || to == address(this) || to == address(outbox)) {
            emit EntryFailed(source, e.index, "");
            return FAILED;
        }
        bytes4 selector = IMessageReceiver.onMessageDelivered.selector;
        if (IsolatedCall.tryCall(to, gasLimit, selector, source, e.indexOf(), uint160(sender), e.payloadOf())) {
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
