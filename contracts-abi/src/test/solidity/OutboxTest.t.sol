// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Guarded} from "mallard/Guarded.sol";
import {Outbox} from "mallard/Outbox.sol";
import {Entry} from "mallard/Types.sol";
import {World} from "./World.sol";

contract OutboxTest is World {
    /// [OUT-1] acc_i = keccak256(acc_{i-1} ‖ entryHash_i), over all fields, whatever they are.
    function testFuzz_accumulatorIsTheHashChainOfAllFields(
        address recipient,
        uint32 gasLimit,
        bool receipt,
        uint64 deadline,
        uint96 fee,
        bytes calldata payload
    ) public {
        gasLimit = uint32(bound(gasLimit, 0, 2_000_000));
        uint8 flags = receipt ? 1 : 0;
        vm.deal(address(this), uint256(fee) * 2);
        bytes32 acc;
        for (uint64 i = 1; i <= 2; i++) {
            a.outbox.send{value: fee}(B, recipient, gasLimit, flags, deadline, payload);
            bytes32 entryHash = keccak256(
                abi.encode(A, B, i, address(this), recipient, gasLimit, flags, deadline, fee, keccak256(payload))
            );
            acc = keccak256(abi.encode(acc, entryHash));
            (uint64 count, bytes32 stored) = a.outbox.stream(B);
            assertEq(count, i);
            assertEq(stored, acc);
        }
        assertEq(sentCount(A), 2);
        assertEq(accOf(A, 2), acc, "the event says so too");
    }

    /// [OUT-1] Streams to two destinations are numbered by themselves.
    function test_streamsAreIndependent() public {
        connect7();
        a.outbox.send(B, address(1), 0, 0, 0, "x");
        a.outbox.send(7, address(1), 0, 0, 0, "x");
        (uint64 toB,) = a.outbox.stream(B);
        (uint64 to7,) = a.outbox.stream(7);
        assertEq(toB, 1);
        assertEq(to7, 1);
    }

    function test_limitsAreEnforced() public {
        vm.expectRevert(abi.encodeWithSelector(Outbox.PayloadTooLong.selector, 8193, 8192));
        a.outbox.send(B, address(1), 0, 0, 0, new bytes(8193));
        vm.expectRevert(abi.encodeWithSelector(Outbox.GasLimitTooHigh.selector, 2_000_001, 2_000_000));
        a.outbox.send(B, address(1), 2_000_001, 0, 0, "");
    }

    /// What nobody would carry is refused and costs its sender nothing: this chain itself, and chains never connected.
    function testFuzz_unknownDestinationsAreRefused(uint64 destination) public {
        vm.assume(destination != B);
        vm.expectRevert(abi.encodeWithSelector(Outbox.UnknownDestination.selector, destination));
        a.outbox.send(destination, address(1), 0, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(Outbox.UnknownDestination.selector, A));
        a.outbox.send(A, address(1), 0, 0, 0, "");
    }

    /// [DLV-4] The Outbox sends to a chain from when its Inbox accepts what comes from there.
    function test_addingASourceConnectsIt() public {
        vm.expectEmit(address(b.outbox));
        emit Outbox.Connected(7);
        b.inbox.addSource(7, EPOCH, validators, stakes, faulty, faulty);
        assertEq(b.outbox.send(7, address(1), 0, 0, 0, ""), 1);
    }

    function connect7() private {
        vm.prank(address(a.inbox));
        a.outbox.connect(7);
    }

    /// Nobody but the Inbox writes entries of the bridge itself: a forged receipt would be a refund for nothing.
    function testFuzz_noUserEntryIsASystemEntry(uint8 flags) public {
        vm.assume(flags > 3);
        vm.expectRevert(abi.encodeWithSelector(Outbox.FlagsNotAllowed.selector, flags));
        a.outbox.send(B, address(1), 0, flags, 0, "");
    }

    function test_onlyTheInboxSendsSystemEntriesAndCreditsFees() public {
        vm.expectRevert(abi.encodeWithSelector(Outbox.OnlyInbox.selector, address(this)));
        a.outbox.sendSystem(B, "");
        vm.expectRevert(abi.encodeWithSelector(Outbox.OnlyInbox.selector, address(this)));
        a.outbox.creditFee(B, address(this), 1);
        vm.expectRevert(abi.encodeWithSelector(Outbox.OnlyInbox.selector, address(this)));
        a.outbox.connect(7);
        vm.expectRevert(abi.encodeWithSelector(Outbox.InboxAlreadySet.selector, address(a.inbox)));
        a.outbox.setInbox(address(this));
    }

    /// A chain that lies about fees reaches what was paid for messages to it, never more.
    function test_creditsAreBoundedByWhatWasPaidForThatChain() public {
        vm.deal(address(this), 10 ether);
        connect7();
        a.outbox.send{value: 3 ether}(B, address(1), 0, 0, 0, "");
        a.outbox.send{value: 5 ether}(7, address(1), 0, 0, 0, "");
        vm.prank(address(a.inbox));
        a.outbox.creditFee(B, PAYOUT, 100 ether);
        assertEq(a.outbox.credited(PAYOUT), 3 ether);
        assertEq(a.outbox.feesHeld(B), 0);
        assertEq(a.outbox.feesHeld(7), 5 ether);
        vm.prank(PAYOUT);
        a.outbox.withdrawFees();
        assertEq(PAYOUT.balance, 3 ether);
        vm.prank(PAYOUT);
        vm.expectRevert(abi.encodeWithSelector(Outbox.NothingToWithdraw.selector, PAYOUT));
        a.outbox.withdrawFees();
    }

    function test_pauseStopsSendingAndNothingElse() public {
        vm.expectRevert(abi.encodeWithSelector(Guarded.OnlyGuardian.selector, address(this)));
        a.outbox.setPaused(B, true);
        vm.prank(guardian);
        a.outbox.setPaused(B, true);
        vm.expectRevert(Guarded.IsPaused.selector);
        a.outbox.send(B, address(1), 0, 0, 0, "");
        vm.prank(guardian);
        a.outbox.setPaused(B, false);
        assertEq(a.outbox.send(B, address(1), 0, 0, 0, ""), 1);
    }

    function test_onlyTheAdministratorHandsOver() public {
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(Guarded.OnlyAdmin.selector, guardian));
        a.outbox.setAdmin(guardian);
        a.outbox.setGuardian(address(5));
        assertEq(a.outbox.guardian(), address(5));
        a.outbox.setAdmin(address(0));
        vm.expectRevert(abi.encodeWithSelector(Guarded.OnlyAdmin.selector, address(this)));
        a.outbox.setGuardian(guardian);
    }
}
