// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Vm} from "forge-std/Vm.sol";
import {BridgedToken} from "mallard/BridgedToken.sol";
import {Inbox} from "mallard/Inbox.sol";
import {Outbox} from "mallard/Outbox.sol";
import {TokenBridge} from "mallard/TokenBridge.sol";
import {Certificate, Entry} from "mallard/Types.sol";
import {TestToken} from "mallard/testing/TestToken.sol";

/// @title Two simulated chains in one EVM, and the validators who certify what crosses
abstract contract World is Test {
    struct Side {
        uint64 id;
        Outbox outbox;
        Inbox inbox;
        TokenBridge bridge;
        TestToken token;
        // What stands here for the other chain's token and coin.
        BridgedToken otherToken;
        BridgedToken otherCoin;
    }

    uint64 internal constant A = 1001;
    uint64 internal constant B = 1002;
    uint64 internal constant EPOCH = 1;
    uint256 internal constant ALL = 15;
    uint32 internal constant GAS = 400_000;
    address internal constant PAYOUT = address(0xfee);

    Side internal a;
    Side internal b;
    address internal guardian = makeAddr("guardian");
    uint256[] internal keys;
    address[] internal validators;
    uint96[] internal stakes;
    uint256 internal faulty;

    mapping(uint64 source => Entry[]) private sent;
    mapping(uint64 source => bytes32[]) private accs;
    mapping(uint64 source => uint64) internal sequences;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        stakes = [40 ether, 30 ether, 20 ether, 10 ether];
        for (uint256 i = 0; i < stakes.length; i++) {
            keys.push(uint256(keccak256(abi.encode("validator", i))));
            validators.push(vm.addr(keys[i]));
        }
        faulty = uint256(100 ether - 1) / 3;
        deployChain(a, A);
        deployChain(b, B);
        connect(a, b);
        connect(b, a);
        vm.recordLogs();
    }

    function deployChain(Side storage c, uint64 id) private {
        vm.chainId(id);
        c.id = id;
        c.outbox = Outbox(vm.deployCode("Outbox.sol:Outbox", abi.encode(guardian)));
        c.inbox = deployInbox(c.outbox);
        c.outbox.setInbox(address(c.inbox));
        bytes memory args = abi.encode(c.outbox, c.inbox, guardian);
        c.bridge = TokenBridge(vm.deployCode("TokenBridge.sol:TokenBridge", args));
        c.token = TestToken(vm.deployCode("TestToken.sol:TestToken", abi.encode("Token", "T")));
    }

    /// @dev From artifacts: `new` would compile everything into every test again.
    function deployInbox(Outbox outbox) internal returns (Inbox) {
        return Inbox(vm.deployCode("Inbox.sol:Inbox", abi.encode(outbox, guardian)));
    }

    function connect(Side storage here, Side storage there) private {
        here.inbox.addSource(there.id, EPOCH, validators, stakes, faulty, faulty);
        here.bridge.bindPeer(there.id, address(there.bridge));
        here.bridge.registerHome(address(here.token));
        here.bridge.registerHome(address(0));
        here.otherToken =
            BridgedToken(here.bridge.registerWrapped(there.id, address(there.token), "Other token", "OT", 18));
        here.otherCoin = BridgedToken(here.bridge.registerWrapped(there.id, address(0), "Other coin", "OC", 18));
    }

    /// @dev The time, and a step in it; the compiler takes block.timestamp for constant within a call.
    function time() internal view returns (uint256) {
        return vm.getBlockTimestamp();
    }

    function pass(uint256 seconds_) internal {
        vm.warp(time() + seconds_);
    }

    /// @dev Takes up what the Outboxes have emitted since the last time.
    function collect() internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] != Outbox.Sent.selector) continue;
            uint64 source = logs[i].emitter == address(a.outbox) ? A : B;
            Entry memory e;
            e.index = uint64(uint256(logs[i].topics[2]));
            e.sender = address(uint160(uint256(logs[i].topics[3])));
            bytes32 acc;
            (e.recipient, e.gasLimit, e.flags, e.deadline, e.fee, e.payload, acc) =
                abi.decode(logs[i].data, (address, uint32, uint8, uint64, uint96, bytes, bytes32));
            assertEq(e.index, sent[source].length + 1, "indexes are contiguous");
            sent[source].push(e);
            accs[source].push(acc);
        }
    }

    /// @dev All entries from one index to another, both inclusive.
    function entriesOf(uint64 source, uint256 first, uint256 last) internal returns (Entry[] memory entries) {
        collect();
        entries = new Entry[](last + 1 - first);
        for (uint256 i = first; i <= last; i++) entries[i - first] = sent[source][i - 1];
    }

    function sentCount(uint64 source) internal returns (uint256) {
        collect();
        return sent[source].length;
    }

    function accOf(uint64 source, uint256 count) internal view returns (bytes32) {
        return accs[source][count - 1];
    }

    /// @dev A certificate by the validators in a mask, for everything up to a count.
    function certify(uint64 source, uint256 count, uint256 mask) internal returns (Certificate memory) {
        return certifyAcc(source, count, accOf(source, count), mask);
    }

    function certifyAcc(uint64 source, uint256 count, bytes32 acc, uint256 mask)
        internal
        returns (Certificate memory c)
    {
        c.epoch = EPOCH;
        c.sequence = ++sequences[source];
        c.header = keccak256(abi.encode("header", c.sequence));
        bytes32 digest = inboxFor(source).attestationDigest(source, EPOCH, c.sequence, uint64(count), acc, c.header);
        (c.signers, c.signatures) = sign(digest, mask);
    }

    function sign(bytes32 digest, uint256 mask) internal view returns (bytes memory signers, bytes memory signatures) {
        signers = new bytes((keys.length + 3) / 4);
        for (uint256 i = 0; i < keys.length; i++) {
            if (mask & (1 << i) == 0) continue;
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[i], digest);
            setCode(signers, i, v - 25);
            signatures = abi.encodePacked(signatures, r, s);
        }
    }

    /// @dev A validator's two bits: 0 for none, 2 and 3 for a signature with v of 27 and 28.
    function setCode(bytes memory signers, uint256 i, uint8 code) internal pure {
        uint256 shift = 6 - 2 * (i % 4);
        signers[i / 4] = bytes1((uint8(signers[i / 4]) & ~uint8(3 << shift)) | uint8(code << shift));
    }

    function inboxFor(uint64 source) internal view returns (Inbox) {
        return source == A ? b.inbox : a.inbox;
    }

    /// @dev Delivers what a source has sent and its destination has not accepted.
    function relay(uint64 source) internal {
        uint256 last = sentCount(source);
        (uint64 count,,,) = inboxFor(source).stream(source);
        if (last == count) return;
        Entry[] memory entries = entriesOf(source, count + 1, last);
        inboxFor(source).deliver(source, entries, certify(source, last, ALL), PAYOUT);
    }

    /// @dev Delivers both ways until nothing is left.
    function settle() internal {
        for (uint256 i = 0; i < 4; i++) {
            relay(A);
            relay(B);
        }
    }

    /// @dev The bytes of outcomes in the last `Delivered` of these logs.
    function outcomesIn(Vm.Log[] memory logs) internal pure returns (bytes memory outcomes) {
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] != Inbox.Delivered.selector) continue;
            (,,,,,, outcomes) =
                abi.decode(logs[i].data, (uint64, uint64, uint64, bytes32, address, address, bytes));
        }
    }
}
