// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TokenBridge} from "mallard/TokenBridge.sol";
import {TokenDirectory} from "mallard/TokenDirectory.sol";
import {TokenPayouts} from "mallard/TokenPayouts.sol";
import {World} from "./World.sol";

/// @dev Needs most of the gas that a pushed payment is given.
contract ThoroughWallet {
    receive() external payable {
        uint256 before = gasleft();
        while (before - gasleft() < 40_000) {}
    }
}

/// [DLV-4] What an attacker would try at the TokenBridge.
contract TokenBridgeDefenceTest is World {
    address private bob = makeAddr("bob");

    function arrive(Side storage at, uint64 source, address sender, bytes memory payload) private {
        vm.prank(address(at.inbox));
        at.bridge.onMessageDelivered(source, 1, sender, payload);
    }

    function mintOrder(uint256 amount, address recipient) private view returns (bytes memory) {
        return abi.encodePacked(A, address(a.token), amount, bob, recipient);
    }

    /// A time beyond 64 bits would come back as one that is soon: neither arrivals nor receipts may wait that long.
    function test_timesThatDoNotFitAreRefused() public {
        b.bridge.setLimit(address(b.otherToken), 1, 1);
        bytes memory order = mintOrder(1 << 70, bob);
        uint256 readyAt = time() + (1 << 70) - 1;
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.CannotWait.selector, readyAt));
        arrive(b, A, address(a.bridge), order);
        vm.prank(address(b.inbox));
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.CannotWait.selector, readyAt));
        b.bridge.onReceipt(A, 1, 2, order);
        assertEq(b.bridge.delayedCount(), 0);
        (,, uint256 room) = b.bridge.limitOf(address(b.otherToken));
        assertEq(room, 1, "and takes no room");
    }

    /// Nobody could ever be paid at address zero: nothing waits there.
    function test_nothingArrivesAtZero() public {
        vm.expectRevert(TokenPayouts.NoRecipient.selector);
        arrive(b, A, address(a.bridge), mintOrder(1, address(0)));
        vm.prank(guardian);
        b.bridge.setPaused(A, true);
        vm.expectRevert(TokenPayouts.NoRecipient.selector);
        arrive(b, A, address(a.bridge), mintOrder(1, address(0)));
    }

    /// Where no bridge is bound yet, its address is zero here, and validators that lie can certify a sender zero.
    function test_chainWithoutABridgeIsNotBelieved() public {
        b.bridge.registerWrapped(7, address(5), "", "", 18);
        bytes memory order = abi.encodePacked(uint64(7), address(5), uint256(1 ether), bob, bob);
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.NotFromPeer.selector, 7, address(0)));
        arrive(b, 7, address(0), order);
        vm.prank(address(b.inbox));
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.UnknownPeer.selector, 7));
        b.bridge.onReceipt(7, 1, 2, order);
        b.bridge.bindPeer(7, address(6));
        arrive(b, 7, address(6), order);
    }

    /// Whoever has a payment released gives it the gas that it is due, or it is not released: it can't be made to be claimed.
    function testFuzz_tooLittleGasDivertsNoPayment(uint256 gasGiven) public {
        ThoroughWallet wallet = new ThoroughWallet();
        vm.deal(address(this), 1 ether);
        a.bridge.send{value: 1 ether}(address(0), B, address(this), 1 ether, 0, GAS, false, "");
        relay(A);
        vm.prank(guardian);
        a.bridge.setPaused(B, true);
        b.bridge.send(address(b.otherCoin), A, address(wallet), 1 ether, 0, GAS, false, "");
        relay(B);
        vm.prank(guardian);
        a.bridge.setPaused(B, false);
        gasGiven = bound(gasGiven, 30_000, 200_000);
        (bool ok,) = address(a.bridge).call{gas: gasGiven}(abi.encodeCall(TokenPayouts.release, (1)));
        assertEq(address(wallet).balance, ok ? 1 ether : 0);
        assertEq(a.bridge.claimable(address(wallet)), 0);
        if (!ok) a.bridge.release(1);
        assertEq(address(wallet).balance, 1 ether);
    }

    function test_claimsArePaidOnceWhoeverAsks() public {
        address refuser = address(new Refuser());
        vm.deal(refuser, 2 ether);
        vm.deal(address(this), 1 ether);
        vm.prank(refuser);
        a.bridge.send{value: 1 ether}(address(0), B, bob, 1 ether, uint64(time() - 1), GAS, false, "");
        a.bridge.send{value: 1 ether}(address(0), B, bob, 1 ether, 0, GAS, false, "");
        settle();
        assertEq(a.bridge.claimable(refuser), 1 ether);
        vm.startPrank(refuser);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.PaymentFailed.selector, refuser));
        a.bridge.claimTo(refuser);
        a.bridge.claimTo(bob);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NothingToClaim.selector, refuser));
        a.bridge.claimTo(bob);
        assertEq(bob.balance, 1 ether);
        assertEq(address(a.bridge).balance, 1 ether, "what is held for the other chain");
    }

    function test_setUpThatWouldBeRegrettedIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.UnknownToken.selector, bob));
        a.bridge.registerHome(bob);
        // A token from chain 0 would pass for one of this chain: locked instead of burnt.
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.TokenExists.selector, address(5)));
        a.bridge.registerWrapped(0, address(5), "", "", 18);
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.TokenExists.selector, address(5)));
        a.bridge.registerWrapped(A, address(5), "", "", 18);
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.BadPeer.selector, 7, address(0)));
        a.bridge.bindPeer(7, address(0));
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.BadPeer.selector, A, address(5)));
        a.bridge.bindPeer(A, address(5));
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.UnknownToken.selector, bob));
        a.bridge.setLimit(bob, 1, 1);
    }

    /// A week to the second.
    function test_limitThatTakesExactlyAWeekIsAllowed() public {
        arrive(b, A, address(a.bridge), mintOrder(7 days * 10 + 5, bob));
        b.bridge.setLimit(address(b.otherToken), 5, 10);
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.LimitTooLow.selector, 7 days * 10 + 1, 7 days * 10));
        b.bridge.setLimit(address(b.otherToken), 4, 10);
    }
}

/// @dev Takes no coins, ever.
contract Refuser {}
