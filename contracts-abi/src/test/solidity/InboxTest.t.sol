// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";
import {Guarded} from "mallard/Guarded.sol";
import {Inbox} from "mallard/Inbox.sol";
import {IsolatedCall} from "mallard/IsolatedCall.sol";
import {Certificate, Entry} from "mallard/Types.sol";
import {Burner, HugeAnswer, HugeReason, Recorder, Reenterer, StubbornSender} from "./Receivers.sol";
import {World} from "./World.sol";

/// [DLV-1] [DLV-3] [DLV-4] Order, isolation, expiry, receipts.
contract InboxTest is World {
    Recorder private recorder;

    function setUp() public override {
        super.setUp();
        recorder = new Recorder();
    }

    function send(address to, uint8 flags) private {
        a.outbox.send(B, to, GAS, flags, 0, "payload");
    }

    function sendMany(uint256 count) private {
        for (uint256 i = 0; i < count; i++) send(address(recorder), 0);
    }

    function deliver(uint256 first, uint256 last) private {
        b.inbox.deliver(A, entriesOf(A, first, last), certify(A, last, ALL), PAYOUT);
    }

    // --- order ---

    /// [DLV-1] However a stream is cut, and however much of what was accepted is repeated, every entry is executed once
    /// and in order.
    function testFuzz_anyCutExecutesEachEntryOnceInOrder(uint256 seed) public {
        uint256 total = 12;
        sendMany(total);
        uint256 done = 0;
        while (done < total) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 last = done + 1 + seed % (total - done);
            uint256 first = 1 + (seed >> 64) % (done + 1);
            deliver(first, last);
            done = last;
            (uint64 count, uint64 sequence,, bytes32 acc) = b.inbox.stream(A);
            assertEq(count, done);
            assertEq(sequence, sequences[A]);
            assertEq(acc, accOf(A, done));
        }
        assertEq(recorder.count(), total);
        for (uint256 i = 0; i < total; i++) assertEq(recorder.indexes(i), i + 1);
    }

    /// [DLV-3] A second submission changes nothing, and costs little.
    function test_repeatedDeliveryIsRefusedBeforeSignaturesAreChecked() public {
        sendMany(2);
        Entry[] memory entries = entriesOf(A, 1, 2);
        Certificate memory c = certify(A, 2, ALL);
        b.inbox.deliver(A, entries, c, PAYOUT);
        uint256 before = gasleft();
        vm.expectRevert(abi.encodeWithSelector(Inbox.AlreadyDelivered.selector, 2));
        b.inbox.deliver(A, entries, c, PAYOUT);
        assertLt(before - gasleft(), 40_000);
        assertEq(recorder.count(), 2);
    }

    function test_gapsAndDisorderAreRefused() public {
        sendMany(3);
        Entry[] memory entries = entriesOf(A, 2, 3);
        Certificate memory c = certify(A, 3, ALL);
        vm.expectRevert(abi.encodeWithSelector(Inbox.Gap.selector, 1, 2));
        b.inbox.deliver(A, entries, c, PAYOUT);
        entries = entriesOf(A, 1, 3);
        (entries[1], entries[2]) = (entries[2], entries[1]);
        vm.expectRevert(abi.encodeWithSelector(Inbox.Gap.selector, 2, 3));
        b.inbox.deliver(A, entries, c, PAYOUT);
        vm.expectRevert(Inbox.NoEntries.selector);
        b.inbox.deliver(A, new Entry[](0), c, PAYOUT);
    }

    /// The bundle number never goes back, so that [GC-3] can trust it.
    function test_olderBundleNumberIsRefused() public {
        sendMany(2);
        collect();
        sequences[A] = 8;
        deliver(1, 1);
        sequences[A] = 8;
        Entry[] memory entries = entriesOf(A, 2, 2);
        Certificate memory c = certify(A, 2, ALL);
        vm.expectRevert(abi.encodeWithSelector(Inbox.WrongSequence.selector, 9, 9));
        b.inbox.deliver(A, entries, c, PAYOUT);
    }

    function test_skippingBeyondTheEntriesIsRefused() public {
        sendMany(3);
        deliver(1, 3);
        send(address(recorder), 0);
        Entry[] memory entries = entriesOf(A, 1, 2);
        entries[1].index = 100;
        Certificate memory c = certify(A, 4, ALL);
        vm.expectRevert(abi.encodeWithSelector(Inbox.AlreadyDelivered.selector, 3));
        b.inbox.deliver(A, entries, c, PAYOUT);
    }

    // --- isolation ---

    /// [DLV-1] A bad recipient is its sender's problem: those before and after it are executed.
    function test_badRecipientsHarmNobody() public {
        Reenterer reenterer = new Reenterer();
        address[7] memory bad = [
            address(new HugeReason()), address(new Burner()), address(new HugeAnswer()), address(reenterer),
            makeAddr("no code"), address(b.inbox), address(b.outbox)
        ];
        for (uint256 i = 0; i < bad.length; i++) {
            send(bad[i], 0);
            send(address(recorder), 0);
        }
        Entry[] memory entries = entriesOf(A, 1, 14);
        reenterer.arm(b.inbox, A, entries, certify(A, 14, ALL));
        Certificate memory c = certify(A, 14, ALL);
        uint256 before = gasleft();
        b.inbox.deliver(A, entries, c, PAYOUT);
        assertLt(before - gasleft(), 4_000_000, "a huge answer costs the submitter nothing");
        assertEq(recorder.count(), 7);
        assertTrue(reenterer.wasRefused());
        // huge reason, burner: failed; huge answer, re-enterer: executed; no code, Inbox, Outbox: failed
        assertEq(outcomesIn(vm.getRecordedLogs()), hex"0201020101010101020102010201");
    }

    /// Should validators certify a word beyond its type, it is cut to it: the Outbox stays out of reach of messages.
    function test_wordsBeyondTheirTypeReachNothing() public {
        send(address(b.outbox), 0);
        Entry[] memory entries = entriesOf(A, 1, 1);
        Entry memory e = entries[0];
        uint256 dirty = uint256(uint160(e.recipient)) | (1 << 255);
        bytes32 hash =
            keccak256(abi.encode(A, B, e.index, e.sender, dirty, e.gasLimit, e.flags, e.deadline, e.fee, keccak256(e.payload)));
        Certificate memory c = certifyAcc(A, 1, keccak256(abi.encode(bytes32(0), hash)), ALL);
        bytes memory call = abi.encodeCall(Inbox.deliver, (A, entries, c, PAYOUT));
        // Selector, four words of arguments, the entries' count and offset, index and sender.
        uint256 place = 4 + 32 * 8;
        assertEq(call[place], 0);
        call[place] = 0x80;
        (bool ok,) = address(b.inbox).call(call);
        assertTrue(ok);
        assertEq(outcomesIn(vm.getRecordedLogs()), hex"02");
    }

    function test_reasonIsCutTo64Bytes() public {
        send(address(new HugeReason()), 0);
        Entry[] memory entries = entriesOf(A, 1, 1);
        Certificate memory c = certify(A, 1, ALL);
        vm.expectEmit(address(b.inbox));
        emit Inbox.EntryFailed(A, 1, new bytes(64));
        b.inbox.deliver(A, entries, c, PAYOUT);
    }

    /// A submitter can't make an entry fail by giving too little gas: it is executed with its whole limit or not at all.
    function testFuzz_tooLittleGasFailsTheDeliveryAndNotTheEntry(uint256 gasGiven) public {
        gasGiven = bound(gasGiven, 100_000, 800_000);
        a.outbox.send(B, address(recorder), 300_000, 0, 0, "payload");
        Entry[] memory entries = entriesOf(A, 1, 1);
        Certificate memory c = certify(A, 1, ALL);
        (bool ok,) = address(b.inbox).call{gas: gasGiven}(abi.encodeCall(Inbox.deliver, (A, entries, c, PAYOUT)));
        assertEq(recorder.count(), ok ? 1 : 0);
        if (ok) assertGt(recorder.gasGiven(), 295_000);
        (uint64 count,,,) = b.inbox.stream(A);
        assertEq(count, ok ? 1 : 0);
    }

    function test_tooLittleGasIsNamed() public {
        a.outbox.send(B, address(recorder), 2_000_000, 0, 0, "payload");
        Entry[] memory entries = entriesOf(A, 1, 1);
        Certificate memory c = certify(A, 1, ALL);
        (bool ok, bytes memory reason) =
            address(b.inbox).call{gas: 1_500_000}(abi.encodeCall(Inbox.deliver, (A, entries, c, PAYOUT)));
        assertFalse(ok);
        assertEq(bytes4(reason), IsolatedCall.InsufficientGas.selector);
    }

    function testFuzz_recipientSeesWhatWasSent(uint64 deadline, bytes calldata payload) public {
        vm.assume(payload.length <= 8192);
        deadline = uint64(bound(deadline, time(), type(uint64).max));
        address dapp = makeAddr("dapp");
        vm.prank(dapp);
        a.outbox.send(B, address(recorder), 2_000_000, 0, deadline, payload);
        relay(A);
        assertEq(recorder.payloads(0), payload);
        assertEq(recorder.lastSender(), dapp);
        assertEq(recorder.indexes(0), 1);
    }

    // --- expiry, receipts, refunds, fees ---

    /// [DLV-4] Executed, failed, expired: the sender's chain learns it, and the sender that asked hears of the last two.
    function test_outcomesComeBack() public {
        Recorder dapp = new Recorder();
        vm.startPrank(address(dapp));
        a.outbox.send(B, address(recorder), GAS, 1, 0, "one");
        a.outbox.send(B, address(new Burner()), 100_000, 1, 0, "two");
        a.outbox.send(B, address(recorder), GAS, 1, uint64(time()), "three");
        vm.stopPrank();
        pass(1);
        relay(A);
        assertEq(sentCount(B), 3, "outcomes and two refunds");
        vm.expectEmit(address(a.inbox));
        emit Inbox.ReceiptReceived(B, 1, hex"010203", PAYOUT, 0);
        vm.expectEmit(address(a.inbox));
        emit Inbox.RefundNotified(B, 2, 2, true);
        vm.expectEmit(address(a.inbox));
        emit Inbox.RefundNotified(B, 3, 3, true);
        relay(B);
        assertEq(recorder.count(), 1);
        assertEq(dapp.receiptCount(), 2);
        assertEq(dapp.receipts(0), 2);
        assertEq(dapp.receipts(1), 3);
        assertEq(dapp.lastOutcome(), 3);
        assertEq(dapp.payloads(1), "three");
        assertEq(sentCount(A), 3, "a receipt asks for no receipt");
    }

    /// [DLV-4] Who asks for refunds only hears of failures, and of nothing else.
    function test_quietSenderHearsOfFailuresOnly() public {
        Recorder dapp = new Recorder();
        vm.startPrank(address(dapp));
        a.outbox.send(B, address(recorder), GAS, 2, 0, "fine");
        a.outbox.send(B, makeAddr("no code"), GAS, 2, 0, "bad");
        vm.stopPrank();
        relay(A);
        assertEq(sentCount(B), 1);
        relay(B);
        assertEq(dapp.receiptCount(), 1);
        assertEq(dapp.receipts(0), 2);
    }

    function test_whoDoesNotAskGetsNoReceipt() public {
        send(address(recorder), 0);
        send(makeAddr("no code"), 0);
        relay(A);
        assertEq(sentCount(B), 0);
    }

    /// A fee goes to the payout address that the submitter named, whatever came of the entry.
    function testFuzz_feesAreCreditedByReceipt(uint96 fee1, uint96 fee2) public {
        vm.deal(address(this), uint256(fee1) + fee2);
        a.outbox.send{value: fee1}(B, address(recorder), 100_000, 0, 0, "");
        a.outbox.send{value: fee2}(B, makeAddr("no code"), 100_000, 0, 0, "");
        settle();
        assertEq(a.outbox.credited(PAYOUT), uint256(fee1) + fee2);
        assertEq(address(a.outbox).balance, uint256(fee1) + fee2);
        assertEq(a.outbox.feesHeld(B), 0);
    }

    function test_refusedReceiptWaitsAndCanBeRetriedOnce() public {
        StubbornSender dapp = new StubbornSender();
        vm.prank(address(dapp));
        a.outbox.send(B, makeAddr("no code"), 0, 1, 0, "x");
        relay(A);
        relay(B);
        assertEq(dapp.receipts(), 0);
        Entry memory refund = entriesOf(B, 2, 2)[0];
        vm.expectRevert("not yet");
        a.inbox.retryReceipt(B, refund);
        dapp.setWilling();
        a.inbox.retryReceipt(B, refund);
        assertEq(dapp.receipts(), 1);
        bytes32 id = keccak256(abi.encode(B, refund));
        vm.expectRevert(abi.encodeWithSelector(Inbox.NoSuchFailedReceipt.selector, id));
        a.inbox.retryReceipt(B, refund);
    }

    function testFuzz_nobodyRetriesWhatNeverFailed(Entry calldata entry) public {
        bytes32 id = keccak256(abi.encode(B, entry));
        vm.expectRevert(abi.encodeWithSelector(Inbox.NoSuchFailedReceipt.selector, id));
        a.inbox.retryReceipt(B, entry);
    }

    /// What a system entry holds, certified or not, can't block the stream.
    function testFuzz_malformedSystemEntriesBlockNobody(bytes calldata payload, uint8 kind, uint256 cut) public {
        bytes memory p = abi.encodePacked(uint8(bound(kind, 0, 3)), payload);
        cut = bound(cut, 0, p.length);
        assembly {
            mstore(p, cut)
        }
        vm.prank(address(a.inbox));
        a.outbox.sendSystem(B, p);
        send(address(recorder), 0);
        relay(A);
        assertEq(recorder.count(), 1);
    }

    // --- pause, administration ---

    function test_pauseLosesNothing() public {
        sendMany(1);
        vm.prank(guardian);
        b.inbox.setPaused(A, true);
        Entry[] memory entries = entriesOf(A, 1, 1);
        Certificate memory c = certify(A, 1, ALL);
        vm.expectRevert(Guarded.IsPaused.selector);
        b.inbox.deliver(A, entries, c, PAYOUT);
        vm.prank(guardian);
        b.inbox.setPaused(A, false);
        b.inbox.deliver(A, entries, c, PAYOUT);
        assertEq(recorder.count(), 1);
    }

    function test_onlyTheAdministratorAddsSources() public {
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(Guarded.OnlyAdmin.selector, guardian));
        b.inbox.addSource(9, 1, validators, stakes, faulty, faulty);
        vm.expectRevert(abi.encodeWithSelector(Inbox.SourceExists.selector, A));
        b.inbox.addSource(A, 2, validators, stakes, faulty, faulty);
    }

    function test_stakeTableIsRead() public {
        (address[] memory k, uint96[] memory s, uint256 u, uint256 r) = b.inbox.stakeTable(A, EPOCH);
        assertEq(keccak256(abi.encode(k, s)), keccak256(abi.encode(validators, stakes)));
        assertEq(u, faulty);
        assertEq(r, faulty);
        vm.expectRevert(abi.encodeWithSelector(Inbox.UnknownSource.selector, A));
        b.inbox.stakeTable(A, 2);
    }
}
