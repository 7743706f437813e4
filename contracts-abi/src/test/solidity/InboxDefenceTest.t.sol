// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Inbox} from "mallard/Inbox.sol";
import {IMessageReceiver, IReceiptReceiver, ITokenReceiver} from "mallard/Interfaces.sol";
import {Certificate, Entry} from "mallard/Types.sol";
import {Recorder} from "./Receivers.sol";
import {World} from "./World.sol";

/// @dev Tries to be told of a refund again while it is being told.
contract GreedySender is IReceiptReceiver, IMessageReceiver {
    Inbox private inbox;
    bytes private call;
    uint256 public receipts;
    bytes4 public refusedWith;

    function arm(Inbox inbox_, uint64 source, Entry calldata refund) external {
        (inbox, call) = (inbox_, abi.encodeCall(Inbox.retryReceipt, (source, refund)));
    }

    function onReceipt(uint64, uint64, uint8, bytes calldata) external {
        require(call.length != 0, "not yet");
        receipts++;
        tryAgain();
    }

    function onMessageDelivered(uint64, uint64, address, bytes calldata) external {
        tryAgain();
    }

    function tryAgain() private {
        (, bytes memory reason) = address(inbox).call(call);
        refusedWith = bytes4(reason);
    }
}

/// [DLV-1] [DLV-4] What an attacker would try at the Inbox.
contract InboxDefenceTest is World {
    function test_receiptIsNotRetriedInTheMiddleOfAnything() public {
        GreedySender dapp = new GreedySender();
        vm.prank(address(dapp));
        a.outbox.send(B, makeAddr("no code"), 0, 2, 0, "x");
        relay(A);
        relay(B);
        Entry memory refund = entriesOf(B, 1, 1)[0];
        dapp.arm(a.inbox, B, refund);
        b.outbox.send(A, address(dapp), GAS, 0, 0, "");
        relay(B);
        assertEq(dapp.refusedWith(), Inbox.Reentered.selector, "in a delivery");
        a.inbox.retryReceipt(B, refund);
        assertEq(dapp.refusedWith(), Inbox.Reentered.selector, "in a retry");
        assertEq(dapp.receipts(), 1);
    }

    /// [DLV-4] The deadline itself is in time.
    function test_deadlineIsTheLastSecond() public {
        Recorder recorder = new Recorder();
        a.outbox.send(B, address(recorder), GAS, 0, uint64(time()), "");
        a.outbox.send(B, address(recorder), GAS, 0, uint64(time() - 1), "");
        relay(A);
        assertEq(recorder.count(), 1);
    }

    /// A bundle number beyond what is stored would come back smaller and let old ones in again.
    function test_bundleNumberThatDoesNotFitIsRefused() public {
        a.outbox.send(B, address(new Recorder()), GAS, 0, 0, "");
        Entry[] memory entries = entriesOf(A, 1, 1);
        sequences[A] = type(uint40).max;
        Certificate memory c = certify(A, 1, ALL);
        vm.expectRevert(abi.encodeWithSelector(Inbox.WrongSequence.selector, 0, 1 << 40));
        b.inbox.deliver(A, entries, c, PAYOUT);
        sequences[A] = type(uint40).max - 1;
        b.inbox.deliver(A, entries, certify(A, 1, ALL), PAYOUT);
        (, uint64 sequence,,) = b.inbox.stream(A);
        assertEq(sequence, type(uint40).max);
    }

    /// Epoch 0 is none, and keys without stakes are nobody's.
    function test_sourcesWithoutAnEpochOrStakesAreRefused() public {
        vm.expectRevert(abi.encodeWithSelector(Inbox.SourceExists.selector, 9));
        b.inbox.addSource(9, 0, validators, stakes, faulty, faulty);
        stakes = [type(uint96).max, 1, 0, 0];
        vm.expectRevert(abi.encodeWithSelector(Inbox.UnsoundFaultModel.selector, 1 << 96, 0, 0));
        b.inbox.addSource(9, 1, validators, stakes, 0, 0);
    }

    /// What a message or a transfer calls, with the Inbox or the bridge as its caller, is the name of nothing else here.
    function test_callsOfStrangersHaveNoNamesakes() public {
        address[5] memory ours = [address(b.outbox), address(b.inbox), address(b.otherToken), address(b.token), address(b.bridge)];
        bytes[3] memory calls = [
            abi.encodeCall(IMessageReceiver.onMessageDelivered, (A, 1, address(a.bridge), "")),
            abi.encodeCall(IReceiptReceiver.onReceipt, (A, 1, 2, "")),
            abi.encodeCall(ITokenReceiver.onTokenReceived, (address(0), 1, A, address(this), ""))
        ];
        for (uint256 i = 0; i < ours.length; i++) {
            for (uint256 j = 0; j < calls.length; j++) {
                // The bridge takes messages and receipts of its peer; these are malformed.
                bool isForBridge = i == 4 && j < 2;
                vm.prank(j < 2 ? address(b.inbox) : address(b.bridge));
                (bool ok, bytes memory reason) = ours[i].call(calls[j]);
                assertFalse(ok);
                assertEq(reason.length == 0, !isForBridge, "no function of that name");
            }
        }
    }

    /// However entries are laid out in call data, what is executed is what was certified: a payload that lies elsewhere, far
    /// beyond the end, or before its entry.
    function testFuzz_layoutOfCallDataChangesNothing(uint256 offset) public {
        Recorder recorder = new Recorder();
        a.outbox.send(B, address(recorder), GAS, 1, 0, "");
        Entry[] memory entries = entriesOf(A, 1, 1);
        bytes memory data = abi.encodeCall(Inbox.deliver, (A, entries, certify(A, 1, ALL), PAYOUT));
        // Selector, four words of arguments, the entries' count and offset; the entry's eighth word says where its payload is.
        uint256 place = 4 + 32 * (4 + 2 + 7);
        assembly {
            mstore(add(add(data, 32), place), offset)
        }
        (bool ok,) = address(b.inbox).call(data);
        assertEq(recorder.count(), ok ? 1 : 0);
        if (ok) assertEq(recorder.payloads(0), "");
    }
}
