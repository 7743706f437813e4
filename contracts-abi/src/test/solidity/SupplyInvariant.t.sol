// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BridgedToken} from "mallard/BridgedToken.sol";
import {TokenBridge} from "mallard/TokenBridge.sol";
import {Transfer, TransferPayload} from "mallard/TransferPayload.sol";
import {Entry, FLAG_SYSTEM} from "mallard/Types.sol";
import {RevertingReceiver} from "mallard/testing/RevertingReceiver.sol";
import {PickyWallet} from "./Receivers.sol";
import {World} from "./World.sol";

/// The invariant that the tests hunt: whatever users, guardians and administrators do, in whatever order messages cross,
/// every token is in exactly one place, and what stands for it elsewhere never exceeds what is held for it.
contract SupplyInvariant is World {
    uint256 private constant SUPPLY = 1000 ether;
    address[3] private users;
    address private refuser;
    PickyWallet private wallet;
    uint256 public transfers;

    function setUp() public override {
        super.setUp();
        users = [makeAddr("alice"), makeAddr("bob"), makeAddr("carol")];
        refuser = address(new RevertingReceiver());
        wallet = new PickyWallet();
        vm.deal(users[0], SUPPLY);
        a.token.mint(users[0], SUPPLY);
        b.token.mint(users[1], SUPPLY);
        for (uint256 i = 0; i < 3; i++) {
            vm.startPrank(users[i]);
            a.token.approve(address(a.bridge), type(uint256).max);
            b.token.approve(address(b.bridge), type(uint256).max);
            vm.stopPrank();
        }
        targetContract(address(this));
        bytes4[] memory selectors = new bytes4[](7);
        selectors[0] = this.transfer.selector;
        selectors[1] = this.transferCoin.selector;
        selectors[2] = this.carry.selector;
        selectors[3] = this.disturb.selector;
        selectors[4] = this.release.selector;
        selectors[5] = this.transferWithCall.selector;
        selectors[6] = this.payElsewhere.selector;
        targetSelector(FuzzSelector(address(this), selectors));
    }

    function side(bool atA) private view returns (Side storage) {
        return atA ? a : b;
    }

    function recipientOf(uint256 which) private view returns (address) {
        which %= 5;
        if (which < 3) return users[which];
        return which == 3 ? refuser : address(wallet);
    }

    function transfer(uint256 who, bool fromA, bool home, uint256 to, uint256 amount, bool late) external {
        address token = home ? address(side(fromA).token) : address(side(fromA).otherToken);
        send(users[who % 3], fromA, token, recipientOf(to), amount, late, "");
    }

    function transferWithCall(uint256 who, bool fromA, bool home, uint256 amount) external {
        address token = home ? address(side(fromA).token) : address(side(fromA).otherToken);
        send(users[who % 3], fromA, token, refuser, amount, false, "x");
    }

    function transferCoin(uint256 who, bool fromA, uint256 to, uint256 amount, bool late) external {
        // The coin of A only: one balance can't be the coin of two chains.
        send(users[who % 3], fromA, fromA ? address(0) : address(b.otherCoin), recipientOf(to), amount, late, "");
    }

    function send(address from, bool fromA, address token, address to, uint256 amount, bool late, bytes memory data)
        private
    {
        uint256 owned = token == address(0) ? from.balance : BridgedToken(token).balanceOf(from);
        if (owned == 0 || side(fromA).bridge.isPaused(fromA ? B : A)) return;
        amount = bound(amount, 1, owned);
        uint64 deadline = late ? uint64(time() - 1) : 0;
        vm.prank(from);
        side(fromA).bridge.send{value: token == address(0) ? amount : 0}(
            token, fromA ? B : A, to, amount, deadline, GAS, false, data
        );
        transfers++;
    }

    /// Carries some of what waits to cross, in one direction.
    function carry(bool fromA, uint256 some) external {
        uint64 source = fromA ? A : B;
        uint256 last = sentCount(source);
        (uint64 count,,,) = inboxFor(source).stream(source);
        if (last == count) return;
        last = count + 1 + some % (last - count);
        inboxFor(source).deliver(source, entriesOf(source, count + 1, last), certify(source, last, ALL), PAYOUT);
    }

    /// Pause, resume, limits, time.
    function disturb(bool atA, uint256 what, uint256 capacity, uint256 wait) external {
        Side storage s = side(atA);
        pass(wait % 50);
        what %= 8;
        if (what < 3) {
            vm.prank(guardian);
            s.bridge.setPaused(atA ? B : A, what == 0);
        } else if (what < 6) {
            address token = what == 3 ? address(s.token) : what == 4 ? address(s.otherToken) : address(s.otherCoin);
            s.bridge.setLimit(token, capacity % 300 ether, 1 ether);
        } else if (what == 6) {
            wallet.setWilling();
        }
    }

    function release(bool atA, uint256 id) external {
        Side storage s = side(atA);
        if (s.bridge.delayedCount() == 0) return;
        try s.bridge.release(1 + id % s.bridge.delayedCount()) {} catch {}
    }

    /// Whoever is owed has it paid elsewhere; whoever is not is refused.
    function payElsewhere(bool atA, uint256 id, uint256 who, uint256 to) external {
        Side storage s = side(atA);
        address caller = recipientOf(who);
        vm.startPrank(caller);
        try s.bridge.claimTo(users[to % 3]) {} catch {}
        if (s.bridge.delayedCount() != 0) {
            id = 1 + id % s.bridge.delayedCount();
            (,, address recipient,,) = s.bridge.delayed(id);
            try s.bridge.releaseTo(id, users[to % 3]) {
                assertEq(caller, recipient);
            } catch {}
        }
        vm.stopPrank();
    }

    /// Every home token and coin is with its users or held by the bridge, and none was made or lost.
    function invariant_homeTokensAreConserved() public {
        assertEq(a.token.totalSupply(), SUPPLY);
        assertEq(b.token.totalSupply(), SUPPLY);
        uint256 coins = address(a.bridge).balance + address(wallet).balance;
        for (uint256 i = 0; i < 3; i++) coins += users[i].balance;
        assertEq(coins, SUPPLY);
    }

    /// What is held for a chain is what it has minted, what is on its way there or back, and what waits there.
    function invariant_whatIsHeldIsWhatIsElsewhere() public {
        collect();
        check(a, b, A, address(a.token), b.otherToken);
        check(a, b, A, address(0), b.otherCoin);
        check(b, a, B, address(b.token), a.otherToken);
    }

    /// What the bridge owns is what it holds for other chains and what it owes here.
    function invariant_theBridgeOwnsWhatItOwes() public view {
        assertEq(
            a.token.balanceOf(address(a.bridge)),
            a.bridge.escrowed(address(a.token), B) + delayedOf(a, address(a.token))
        );
        assertEq(
            b.token.balanceOf(address(b.bridge)),
            b.bridge.escrowed(address(b.token), A) + delayedOf(b, address(b.token))
        );
        assertEq(
            address(a.bridge).balance,
            a.bridge.escrowed(address(0), B) + delayedOf(a, address(0)) + a.bridge.claimable(address(wallet))
        );
    }

    function check(Side storage home, Side storage abroad, uint64 homeChain, address token, BridgedToken twin) private {
        uint256 minted = twin.totalSupply();
        uint256 waiting = delayedOf(abroad, address(twin));
        uint256 crossing = inFlight(A, homeChain, token) + inFlight(B, homeChain, token);
        assertEq(home.bridge.escrowed(token, abroad.id), minted + waiting + crossing);
    }

    /// Amounts in transfers and refunds that have left one chain and not been taken up by the other, and in refunds that
    /// will leave. Failed entries have become refund entries in the same transaction.
    function inFlight(uint64 source, uint64 homeChain, address homeToken) private returns (uint256 amount) {
        (uint64 count,,,) = inboxFor(source).stream(source);
        uint256 last = sentCount(source);
        if (count == last) return 0;
        Entry[] memory entries = entriesOf(source, count + 1, last);
        for (uint256 i = 0; i < entries.length; i++) {
            bytes memory payload = entries[i].payload;
            bool isSystem = entries[i].flags & FLAG_SYSTEM != 0;
            if (isSystem && payload[0] != 0x02) continue;
            (Transfer memory t) = this.transferIn(payload, isSystem ? 30 : 0);
            if (t.homeChain == homeChain && t.homeToken == homeToken) amount += t.amount;
        }
    }

    function transferIn(bytes calldata payload, uint256 skip) external pure returns (Transfer memory t) {
        (t,) = TransferPayload.decode(payload[skip:]);
    }

    function delayedOf(Side storage s, address token) private view returns (uint256 amount) {
        for (uint256 id = 1; id <= s.bridge.delayedCount(); id++) {
            (address waiting,,,, uint256 value) = s.bridge.delayed(id);
            if (waiting == token) amount += value;
        }
    }

    /// When all has crossed and nothing is paused or limited, nothing is left on the way.
    function afterInvariant() public {
        address[3] memory tokensA = [address(a.token), address(a.otherToken), address(a.otherCoin)];
        address[3] memory tokensB = [address(b.token), address(b.otherToken), address(b.otherCoin)];
        for (uint256 i = 0; i < 3; i++) {
            a.bridge.setLimit(tokensA[i], 0, 0);
            b.bridge.setLimit(tokensB[i], 0, 0);
        }
        vm.startPrank(guardian);
        a.bridge.setPaused(B, false);
        b.bridge.setPaused(A, false);
        vm.stopPrank();
        settle();
        releaseAll(a);
        releaseAll(b);
        assertEq(a.bridge.escrowed(address(a.token), B), b.otherToken.totalSupply());
        assertEq(b.bridge.escrowed(address(b.token), A), a.otherToken.totalSupply());
        assertEq(a.bridge.escrowed(address(0), B), b.otherCoin.totalSupply());
        assertEq(delayedOf(a, address(0)) + delayedOf(b, address(b.otherCoin)), 0);
    }

    function releaseAll(Side storage s) private {
        for (uint256 id = 1; id <= s.bridge.delayedCount(); id++) {
            (,,,, uint256 amount) = s.bridge.delayed(id);
            if (amount != 0) s.bridge.release(id);
        }
    }
}
