// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Vm} from "forge-std/Vm.sol";
import {BridgedToken} from "mallard/BridgedToken.sol";
import {Guarded} from "mallard/Guarded.sol";
import {Inbox} from "mallard/Inbox.sol";
import {Outbox} from "mallard/Outbox.sol";
import {TokenBridge} from "mallard/TokenBridge.sol";
import {TokenDirectory} from "mallard/TokenDirectory.sol";
import {TokenPayouts} from "mallard/TokenPayouts.sol";
import {Transfer, TransferPayload} from "mallard/TransferPayload.sol";
import {Certificate, Entry} from "mallard/Types.sol";
import {RevertingReceiver} from "mallard/testing/RevertingReceiver.sol";
import {PickyWallet, Recorder} from "./Receivers.sol";
import {BlockingToken, Bomb, FeeToken, HookToken, Thief} from "./TokenReceivers.sol";
import {World} from "./World.sol";

/// [DLV-4] Tokens cross, come back when they can't arrive, and are never more or fewer than before.
contract TokenBridgeTest is World {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");

    function setUp() public override {
        super.setUp();
        vm.deal(alice, 1000 ether);
        a.token.mint(alice, 1000 ether);
        vm.prank(alice);
        a.token.approve(address(a.bridge), type(uint256).max);
    }

    function sendToken(address to, uint256 amount, bytes memory data) private {
        vm.prank(alice);
        a.bridge.send(address(a.token), B, to, amount, 0, GAS, false, data);
    }

    function sendCoin(address to, uint256 amount) private {
        vm.prank(alice);
        a.bridge.send{value: amount}(address(0), B, to, amount, 0, GAS, false, "");
    }

    function sendBack(BridgedToken token, address from, address to, uint256 amount) private {
        vm.prank(from);
        b.bridge.send(address(token), A, to, amount, 0, GAS, false, "");
    }

    // --- there and back ---

    function testFuzz_tokenCrossesAndComesHome(uint256 amount) public {
        amount = bound(amount, 1, 1000 ether);
        sendToken(bob, amount, "");
        settle();
        assertEq(b.otherToken.balanceOf(bob), amount);
        assertEq(b.otherToken.totalSupply(), amount);
        assertEq(a.token.balanceOf(address(a.bridge)), amount);
        assertEq(a.bridge.escrowed(address(a.token), B), amount);
        sendBack(b.otherToken, bob, alice, amount);
        settle();
        assertEq(b.otherToken.totalSupply(), 0);
        assertEq(a.token.balanceOf(alice), 1000 ether);
        assertEq(a.bridge.escrowed(address(a.token), B), 0);
    }

    function testFuzz_coinCrossesWithAFeeAndComesHome(uint256 amount, uint96 fee) public {
        amount = bound(amount, 1, 900 ether);
        fee = uint96(bound(fee, 0, 100 ether));
        vm.prank(alice);
        a.bridge.send{value: amount + fee}(address(0), B, bob, amount, 0, GAS, false, "");
        settle();
        assertEq(b.otherCoin.balanceOf(bob), amount);
        assertEq(a.outbox.credited(PAYOUT), fee);
        sendBack(b.otherCoin, bob, alice, amount);
        settle();
        assertEq(alice.balance, 1000 ether - fee);
        assertEq(address(a.bridge).balance, 0);
    }

    function test_callFollowsTheTokens() public {
        Recorder recorder = new Recorder();
        sendToken(address(recorder), 5 ether, "do it");
        settle();
        assertEq(recorder.tokensReceived(), 5 ether);
        assertEq(b.otherToken.balanceOf(address(recorder)), 5 ether);
    }

    function test_tokenThatTakesAFeeIsCountedByWhatArrives() public {
        FeeToken token = new FeeToken();
        token.mint(alice, 100 ether);
        a.bridge.registerHome(address(token));
        address twin = b.bridge.registerWrapped(A, address(token), "F", "F", 18);
        vm.startPrank(alice);
        token.approve(address(a.bridge), 100 ether);
        a.bridge.send(address(token), B, bob, 100 ether, 0, GAS, false, "");
        vm.stopPrank();
        settle();
        assertEq(BridgedToken(twin).balanceOf(bob), 90 ether);
        assertEq(a.bridge.escrowed(address(token), B), 90 ether);
    }

    // --- refunds ---

    function test_refusedTransferComesBack() public {
        sendToken(address(new RevertingReceiver()), 5 ether, "do it");
        settle();
        assertEq(a.token.balanceOf(alice), 1000 ether);
        assertEq(b.otherToken.totalSupply(), 0);
        assertEq(a.bridge.escrowed(address(a.token), B), 0);
    }

    function test_quietTransferSaysNothingButComesBackToo() public {
        vm.startPrank(alice);
        a.bridge.send(address(a.token), B, bob, 5 ether, 0, GAS, true, "");
        relay(A);
        assertEq(sentCount(B), 0);
        a.bridge.send(address(a.token), B, address(new RevertingReceiver()), 6 ether, 0, GAS, true, "x");
        vm.stopPrank();
        settle();
        assertEq(b.otherToken.balanceOf(bob), 5 ether);
        assertEq(a.token.balanceOf(alice), 995 ether);
    }

    function test_lateTransferComesBack() public {
        vm.prank(alice);
        a.bridge.send{value: 3 ether}(address(0), B, bob, 3 ether, uint64(time()), GAS, false, "");
        pass(1);
        settle();
        assertEq(alice.balance, 1000 ether);
        assertEq(b.otherCoin.totalSupply(), 0);
    }

    function test_refusedTransferHomeIsMintedAgain() public {
        sendCoin(bob, 5 ether);
        settle();
        sendBack(b.otherCoin, bob, address(new PickyWallet()), 5 ether);
        assertEq(b.otherCoin.totalSupply(), 0);
        settle();
        assertEq(b.otherCoin.balanceOf(bob), 5 ether);
        assertEq(a.bridge.escrowed(address(0), B), 5 ether);
    }

    /// Whoever is owed coins that it can't take itself may have them paid elsewhere, and nobody else may.
    function test_claimCanBePaidElsewhereByItsOwnerOnly() public {
        PickyWallet wallet = new PickyWallet();
        vm.deal(address(this), 5 ether);
        wallet.send{value: 5 ether}(a.bridge, B, 5 ether, uint64(time()));
        pass(1);
        settle();
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NothingToClaim.selector, bob));
        a.bridge.claimTo(bob);
        vm.startPrank(address(wallet));
        vm.expectRevert(TokenPayouts.NoRecipient.selector);
        a.bridge.claimTo(address(0));
        a.bridge.claimTo(bob);
        assertEq(bob.balance, 5 ether);
        assertEq(a.bridge.claimable(address(wallet)), 0);
    }

    /// A payment that waited and that its token refuses to make stays owed; its recipient may have it paid elsewhere.
    function test_delayedPaymentThatIsRefusedCanBePaidElsewhereByItsRecipientOnly() public {
        BlockingToken token = new BlockingToken();
        token.mint(alice, 10 ether);
        a.bridge.registerHome(address(token));
        BridgedToken twin = BridgedToken(b.bridge.registerWrapped(A, address(token), "", "", 18));
        vm.startPrank(alice);
        token.approve(address(a.bridge), 10 ether);
        a.bridge.send(address(token), B, bob, 10 ether, 0, GAS, false, "");
        vm.stopPrank();
        settle();
        vm.prank(guardian);
        a.bridge.setPaused(B, true);
        sendBack(twin, bob, bob, 10 ether);
        settle();
        token.setBlocked(bob);
        vm.prank(bob);
        vm.expectRevert(Guarded.IsPaused.selector);
        a.bridge.releaseTo(1, alice);
        vm.prank(guardian);
        a.bridge.setPaused(B, false);
        vm.expectRevert("blocked");
        a.bridge.release(1);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.OnlyRecipient.selector, alice));
        a.bridge.releaseTo(1, alice);
        vm.startPrank(bob);
        vm.expectRevert(TokenPayouts.NoRecipient.selector);
        a.bridge.releaseTo(1, address(0));
        vm.expectEmit(address(a.bridge));
        emit TokenPayouts.DelayedReleased(1, alice, address(token), 10 ether);
        a.bridge.releaseTo(1, alice);
        assertEq(token.balanceOf(alice), 10 ether);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NotDelayed.selector, 1));
        a.bridge.releaseTo(1, alice);
    }

    /// Coins that their sender does not take back wait for it; no one else gets them.
    function test_refundThatIsRefusedCanBeClaimed() public {
        PickyWallet wallet = new PickyWallet();
        vm.deal(address(this), 5 ether);
        wallet.send{value: 5 ether}(a.bridge, B, 5 ether, uint64(time()));
        pass(1);
        settle();
        assertEq(a.bridge.claimable(address(wallet)), 5 ether);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.PaymentFailed.selector, address(wallet)));
        a.bridge.claim(address(wallet));
        wallet.setWilling();
        vm.prank(bob);
        a.bridge.claim(address(wallet));
        assertEq(address(wallet).balance, 5 ether);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NothingToClaim.selector, address(wallet)));
        a.bridge.claim(address(wallet));
    }

    function test_hugeAnswerToCoinsHarmsNobody() public {
        Bomb bomb = new Bomb();
        sendCoin(bob, 5 ether);
        settle();
        sendBack(b.otherCoin, bob, address(bomb), 5 ether);
        settle();
        assertEq(address(bomb).balance, 5 ether);
    }

    // --- who may not ---

    function test_onlyTheInboxBringsAnything() public {
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.OnlyInbox.selector, address(this)));
        b.bridge.onMessageDelivered(A, 1, address(a.bridge), "");
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.OnlyInbox.selector, address(this)));
        b.bridge.onReceipt(A, 1, 2, "");
    }

    /// A message that somebody else sent to the bridge mints nothing.
    function test_onlyThePeerIsBelieved() public {
        bytes memory payload = abi.encodePacked(A, address(a.token), uint256(5 ether), alice, alice);
        a.outbox.send(B, address(b.bridge), GAS, 1, 0, payload);
        settle();
        assertEq(b.otherToken.totalSupply(), 0);
        vm.prank(address(b.inbox));
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.NotFromPeer.selector, A, alice));
        b.bridge.onMessageDelivered(A, 1, alice, payload);
    }

    /// A chain whose validators lie takes no more than what was sent to it, and mints no other chain's tokens.
    function testFuzz_lyingChainIsConfined(uint256 sent, uint256 claimed, bool byReceipt) public {
        sent = bound(sent, 1, 500 ether);
        claimed = bound(claimed, sent + 1, type(uint256).max);
        sendToken(bob, sent, "");
        a.token.mint(address(a.bridge), 400 ether);
        arriveAtA(B, abi.encodePacked(A, address(a.token), claimed, bob, bob), byReceipt, TokenBridge.EscrowExceeded.selector);
        arriveAtA(B, abi.encodePacked(uint64(7), address(a.token), sent, bob, bob), byReceipt, TokenBridge.NotBetweenHomeAndHere.selector);
        arriveAtA(B, abi.encodePacked(A, address(b.inbox), uint256(0), bob, bob), byReceipt, TokenDirectory.UnknownToken.selector);
        arriveAtA(B, abi.encodePacked(B, address(7), sent, bob, bob), byReceipt, TokenDirectory.UnknownToken.selector);
        arriveAtA(B, hex"1234", byReceipt, TransferPayload.MalformedTransfer.selector);
        // A second chain, bound by a wicked administrator: nothing was sent there, so nothing comes back.
        a.bridge.bindPeer(7, address(b.bridge));
        arriveAtA(7, abi.encodePacked(A, address(a.token), sent, bob, bob), byReceipt, TokenBridge.EscrowExceeded.selector);
        arriveAtA(7, abi.encodePacked(B, address(b.token), sent, bob, bob), byReceipt, TokenBridge.NotBetweenHomeAndHere.selector);
    }

    function arriveAtA(uint64 source, bytes memory payload, bool byReceipt, bytes4 reason) private {
        vm.prank(address(a.inbox));
        vm.expectPartialRevert(reason);
        if (byReceipt) a.bridge.onReceipt(source, 1, 2, payload);
        else a.bridge.onMessageDelivered(source, 1, address(b.bridge), payload);
    }

    function test_reenteringTheMeasurementIsRefused() public {
        HookToken token = new HookToken();
        a.bridge.registerHome(address(token));
        Thief thief = new Thief(a.bridge, token, B);
        token.setThief(thief);
        token.mint(address(thief), 10 ether);
        thief.steal(5 ether);
        assertEq(thief.refusedWith(), TokenBridge.Reentered.selector);
        assertEq(a.bridge.escrowed(address(token), B), token.balanceOf(address(a.bridge)));
    }

    function test_bridgedTokensGoHomeOnly() public {
        sendToken(bob, 5 ether, "");
        settle();
        b.bridge.bindPeer(7, address(1));
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.NotBetweenHomeAndHere.selector, A, 7));
        b.bridge.send(address(b.otherToken), 7, bob, 1, 0, 0, false, "");
    }

    function test_onlyTheBridgeMintsAndBurns() public {
        vm.expectRevert(abi.encodeWithSelector(BridgedToken.OnlyBridge.selector, address(this)));
        b.otherToken.mint(bob, 1);
        vm.expectRevert(abi.encodeWithSelector(BridgedToken.OnlyBridge.selector, address(this)));
        b.otherToken.burn(bob, 1);
    }

    function test_whatCannotBeSentIsRefused() public {
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.UnknownPeer.selector, 9));
        a.bridge.send(address(0), 9, bob, 1, 0, 0, false, "");
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.UnknownToken.selector, address(9)));
        a.bridge.send(address(9), B, bob, 1, 0, 0, false, "");
        vm.expectRevert(TokenBridge.NothingSent.selector);
        a.bridge.send(address(a.token), B, bob, 0, 0, 0, false, "");
        vm.expectRevert(TokenPayouts.NoRecipient.selector);
        a.bridge.send(address(a.token), B, address(0), 1, 0, 0, false, "");
        vm.expectRevert(abi.encodeWithSelector(TokenBridge.WrongValue.selector, 1, 2));
        a.bridge.send{value: 1}(address(0), B, bob, 2, 0, 0, false, "");
    }

    // --- set-up ---

    function test_bindingsAreForGood() public {
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.BadPeer.selector, B, address(5)));
        a.bridge.bindPeer(B, address(5));
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.TokenExists.selector, address(a.token)));
        a.bridge.registerHome(address(a.token));
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.TokenExists.selector, address(a.otherToken)));
        a.bridge.registerHome(address(a.otherToken));
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.TokenExists.selector, address(b.token)));
        a.bridge.registerWrapped(B, address(b.token), "", "", 18);
        vm.expectRevert(abi.encodeWithSelector(TokenDirectory.TokenExists.selector, address(a.token)));
        a.bridge.registerWrapped(A, address(a.token), "", "", 18);
        assertEq(a.bridge.bridged(B, address(b.token)), address(a.otherToken));
        assertEq(a.otherToken.decimals(), 18);
        assertEq(a.otherToken.name(), "Other token");
        assertEq(a.otherToken.symbol(), "OT");
    }

    function test_onlyTheAdministratorSetsUp() public {
        bytes memory refusal = abi.encodeWithSelector(Guarded.OnlyAdmin.selector, guardian);
        vm.startPrank(guardian);
        vm.expectRevert(refusal);
        a.bridge.bindPeer(9, address(5));
        vm.expectRevert(refusal);
        a.bridge.registerHome(address(5));
        vm.expectRevert(refusal);
        a.bridge.registerWrapped(B, address(5), "", "", 18);
        vm.expectRevert(refusal);
        a.bridge.setLimit(address(0), 1, 1);
    }

    // --- rate limits, pause ---

    /// What is over the limit waits for its time, and nobody who comes later can push it back.
    function test_limitDelaysAndDropsNothing() public {
        b.bridge.setLimit(address(b.otherToken), 10 ether, 1 ether);
        sendToken(bob, 8 ether, "");
        sendToken(bob, 7 ether, "");
        sendToken(bob, 100 ether, "");
        settle();
        assertEq(b.otherToken.balanceOf(bob), 8 ether);
        assertEq(b.bridge.delayedCount(), 2);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NotReady.selector, 1, time() + 5));
        b.bridge.release(1);
        pass(5);
        b.bridge.release(1);
        assertEq(b.otherToken.balanceOf(bob), 15 ether);
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NotDelayed.selector, 1));
        b.bridge.release(1);
        pass(99);
        sendToken(alice, 1, "");
        settle();
        vm.expectRevert(abi.encodeWithSelector(TokenPayouts.NotReady.selector, 2, time() + 1));
        b.bridge.release(2);
        pass(1);
        b.bridge.release(2);
        assertEq(b.otherToken.balanceOf(bob), 115 ether);
        pass(1);
        b.bridge.release(3);
        assertEq(b.otherToken.totalSupply(), 115 ether + 1);
    }

    /// A limit under which all that is there would take longer than a week to leave is refused.
    function testFuzz_limitLetsEverythingGoWithinAWeek(uint256 amount, uint256 capacity, uint256 perSecond) public {
        amount = bound(amount, 1, 1000 ether);
        sendToken(bob, amount, "");
        sendCoin(bob, amount);
        settle();
        address[3] memory limited = [address(a.token), address(0), address(b.otherToken)];
        capacity = bound(capacity, 1, amount);
        perSecond = bound(perSecond, 1, type(uint256).max);
        if (perSecond % 2 == 0) perSecond = bound(perSecond, 1, amount / 7 days + 1);
        bool isFast = perSecond >= amount || amount - capacity <= perSecond * 7 days;
        for (uint256 i = 0; i < 3; i++) {
            if (!isFast) {
                vm.expectRevert(
                    abi.encodeWithSelector(TokenDirectory.LimitTooLow.selector, amount - capacity, perSecond * 7 days)
                );
            }
            (i < 2 ? a : b).bridge.setLimit(limited[i], capacity, perSecond);
        }
    }

    /// Limits come and go token by token: those of one chain are counted, and one that is lifted leaves the others.
    function test_limitsOfTokensAreIndependent() public {
        b.bridge.setLimit(address(b.otherToken), 1 ether, 1 ether);
        b.bridge.setLimit(address(b.otherToken), 2 ether, 1 ether);
        b.bridge.setLimit(address(b.otherCoin), 1 ether, 1 ether);
        b.bridge.setLimit(address(b.otherToken), 0, 0);
        b.bridge.setLimit(address(b.otherToken), 0, 0);
        sendToken(bob, 5 ether, "");
        sendCoin(bob, 5 ether);
        settle();
        assertEq(b.otherToken.balanceOf(bob), 5 ether);
        assertEq(b.otherCoin.balanceOf(bob), 0);
        b.bridge.setLimit(address(b.otherCoin), 0, 0);
        sendCoin(bob, 3 ether);
        settle();
        assertEq(b.otherCoin.balanceOf(bob), 3 ether);
    }

    /// What is minted has no event of the bridge; the token's and the Inbox's, in this order, say all of it.
    function test_eventsTellWhatWasMinted() public {
        sendToken(bob, 5 ether, "");
        collect();
        Certificate memory c = certify(A, 1, ALL);
        Entry[] memory entries = entriesOf(A, 1, 1);
        vm.recordLogs();
        b.inbox.deliver(A, entries, c, PAYOUT);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs[0].emitter, address(b.otherToken));
        assertEq(logs[0].topics[0], IERC20.Transfer.selector);
        assertEq(logs[0].topics[1], bytes32(0));
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(bob))));
        assertEq(abi.decode(logs[0].data, (uint256)), 5 ether);
        assertEq(logs[1].topics[0], Inbox.Delivered.selector);
        assertEq(outcomesIn(logs), hex"01");
    }

    /// A token or coin that comes home leaves escrow, and only the bridge's own event says whose.
    function test_eventsTellWhatCameHome() public {
        sendToken(bob, 5 ether, "");
        settle();
        sendBack(b.otherToken, bob, alice, 5 ether);
        uint256 last = sentCount(B);
        vm.expectEmit(address(a.bridge));
        emit TokenBridge.TransferReleased(B, uint64(last), alice, address(a.token), 5 ether);
        settle();
    }

    /// Over any stretch of time no more goes out than the capacity and what the rate allows.
    function testFuzz_limitHolds(uint256 seed) public {
        uint256 capacity = 10 ether;
        b.bridge.setLimit(address(b.otherToken), capacity, 1 ether);
        uint256 start = time();
        for (uint256 i = 0; i < 8; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            sendToken(bob, 1 + seed % 15 ether, "");
            relay(A);
            pass((seed >> 128) % 10);
            for (uint256 id = 1; id <= b.bridge.delayedCount(); id++) {
                try b.bridge.release(id) {} catch {}
            }
            assertLe(b.otherToken.balanceOf(bob), capacity + (time() - start) * 1 ether);
        }
        pass(1000);
        for (uint256 id = 1; id <= b.bridge.delayedCount(); id++) {
            try b.bridge.release(id) {} catch {}
        }
        assertEq(b.otherToken.balanceOf(bob), a.bridge.escrowed(address(a.token), B));
    }

    function test_liftingTheLimitFreesWhatWaits() public {
        b.bridge.setLimit(address(b.otherToken), 1 ether, 0.01 ether);
        sendToken(bob, 100 ether, "");
        settle();
        b.bridge.setLimit(address(b.otherToken), 0, 0);
        b.bridge.release(1);
        assertEq(b.otherToken.balanceOf(bob), 100 ether);
    }

    /// A transfer with a call is all or nothing: it does not wait, it comes back.
    function test_callsDoNotWait() public {
        b.bridge.setLimit(address(b.otherToken), 1 ether, 0.01 ether);
        Recorder recorder = new Recorder();
        sendToken(address(recorder), 100 ether, "do it");
        settle();
        assertEq(a.token.balanceOf(alice), 1000 ether);
        assertEq(recorder.tokensReceived(), 0);
        (,, uint256 room) = b.bridge.limitOf(address(b.otherToken));
        assertEq(room, 1 ether, "and takes no room");
    }

    /// Receipts are only as honest as the chain that they come from: refunds wait as arrivals do ([DLV-4]).
    function test_limitHoldsForRefunds() public {
        a.bridge.setLimit(address(a.token), 5 ether, 1 ether);
        sendToken(address(new RevertingReceiver()), 8 ether, "do it");
        settle();
        assertEq(a.token.balanceOf(alice), 992 ether);
        assertEq(a.bridge.delayedCount(), 1);
        pass(3);
        a.bridge.release(1);
        assertEq(a.token.balanceOf(alice), 1000 ether);
    }

    function test_pauseDelaysArrivalsAndRefunds() public {
        sendToken(bob, 5 ether, "");
        sendToken(address(new RevertingReceiver()), 6 ether, "do it");
        vm.startPrank(guardian);
        a.bridge.setPaused(B, true);
        b.bridge.setPaused(A, true);
        vm.stopPrank();
        vm.prank(alice);
        vm.expectRevert(Guarded.IsPaused.selector);
        a.bridge.send(address(a.token), B, bob, 1, 0, 0, false, "");
        settle();
        assertEq(b.otherToken.balanceOf(bob), 0);
        assertEq(a.token.balanceOf(alice), 989 ether);
        vm.expectRevert(Guarded.IsPaused.selector);
        b.bridge.release(1);
        vm.startPrank(guardian);
        a.bridge.setPaused(B, false);
        b.bridge.setPaused(A, false);
        vm.stopPrank();
        b.bridge.release(1);
        a.bridge.release(1);
        assertEq(b.otherToken.balanceOf(bob), 5 ether);
        assertEq(a.token.balanceOf(alice), 995 ether);
    }

    function testFuzz_payloadIsReadBackAsWritten(Transfer calldata t, bytes calldata data) public view {
        (Transfer memory read, bytes memory readData) = this.decode(TransferPayload.encode(t, data));
        assertEq(keccak256(abi.encode(t, data)), keccak256(abi.encode(read, readData)));
    }

    function decode(bytes calldata payload) external pure returns (Transfer memory t, bytes memory data) {
        return TransferPayload.decode(payload);
    }
}
