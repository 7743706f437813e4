// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {StakeRegistry} from "mallard/StakeRegistry.sol";

contract StakeRegistryTest is Test {
    StakeRegistry private registry;
    address private owner = makeAddr("owner");

    function setUp() public {
        registry = StakeRegistry(vm.deployCode("StakeRegistry.sol:StakeRegistry"));
        vm.deal(owner, 1000 ether);
    }

    function proof(uint256 key, address whose) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, registry.keyProofDigest(whose, vm.addr(key)));
        return abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    function register(uint256 key, uint256 stake) private returns (address bridgeKey) {
        bridgeKey = vm.addr(key);
        bytes memory p = proof(key, owner);
        vm.prank(owner);
        registry.register{value: stake}(bridgeKey, address(uint160(key)), bytes32(key), "host:1", p);
    }

    function testFuzz_epochTakesUpWhoRegistered(uint256 count, uint96 stake) public {
        count = bound(count, 1, 8);
        stake = uint96(bound(stake, 1, 100 ether));
        for (uint256 i = 1; i <= count; i++) register(i, stake);
        registry.activate();
        (StakeRegistry.Validator[] memory v, uint256 u, uint256 r) = registry.table(1);
        assertEq(v.length, count);
        uint256 total = uint256(stake) * count;
        assertEq(u, (total - 1) / 3);
        assertEq(r, u);
        assertGe(total, 2 * u + r + 1);
        for (uint256 i = 1; i <= count; i++) {
            assertEq(v[i - 1].bridgeKey, vm.addr(i));
            assertEq(v[i - 1].stake, stake);
            assertEq(v[i - 1].tlsKey, bytes32(i));
            assertEq(v[i - 1].endpoint, "host:1");
        }
        assertEq(address(registry).balance, total);
    }

    /// Nobody registers a key that is not his, or that somebody else has agreed to.
    function test_keyProofBindsKeyAndOwner() public {
        address bridgeKey = vm.addr(1);
        bytes memory p = proof(1, makeAddr("somebody else"));
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.WrongKeyProof.selector, bridgeKey));
        registry.register{value: 1}(bridgeKey, owner, 0, "", p);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.WrongKeyProof.selector, bridgeKey));
        registry.register{value: 1}(bridgeKey, owner, 0, "", "");
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.WrongKeyProof.selector, address(0)));
        registry.register{value: 1}(address(0), owner, 0, "", new bytes(64));
    }

    function test_limitsAreEnforced() public {
        address bridgeKey = register(1, 1 ether);
        bytes memory p = proof(1, owner);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.AlreadyRegistered.selector, bridgeKey));
        registry.register{value: 1}(bridgeKey, owner, 0, "", p);
        vm.expectRevert(StakeRegistry.NoStake.selector);
        registry.register(vm.addr(2), owner, 0, "", p);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.EndpointTooLong.selector, 260, 259));
        registry.register{value: 1}(vm.addr(2), owner, 0, string(new bytes(260)), p);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.OnlyAdmin.selector, owner));
        registry.activate();
    }

    function test_whoWaitsMayLeaveWithItsStake() public {
        address first = register(1, 1 ether);
        address second = register(2, 2 ether);
        address third = register(3, 3 ether);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.OnlyOwner.selector, first, address(this)));
        registry.withdraw(first);
        vm.startPrank(owner);
        registry.withdraw(first);
        assertEq(owner.balance, 995 ether);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.OnlyOwner.selector, first, owner));
        registry.withdraw(first);
        registry.updateEndpoint(third, bytes32(uint256(9)), "new:1");
        registry.withdraw(second);
        vm.stopPrank();
        StakeRegistry.Validator[] memory waiting = registry.waiting();
        assertEq(waiting.length, 1);
        assertEq(waiting[0].bridgeKey, third);
        assertEq(waiting[0].endpoint, "new:1");
        register(1, 1 ether);
        assertEq(registry.waiting().length, 2);
    }

    function test_activeStakeStays() public {
        address bridgeKey = register(1, 1 ether);
        registry.activate();
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.AlreadyActive.selector, 1));
        registry.activate();
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.NotPending.selector, bridgeKey));
        registry.withdraw(bridgeKey);
        registry.updateEndpoint(bridgeKey, bytes32(uint256(7)), "moved:2");
        vm.stopPrank();
        (StakeRegistry.Validator[] memory v,,) = registry.table(1);
        assertEq(v[0].endpoint, "moved:2");
        assertEq(v[0].tlsKey, bytes32(uint256(7)));
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.UnknownEpoch.selector, 2));
        registry.table(2);
    }

    /// Registering is open: whoever fills the list, with the longest endpoints, can't keep the epoch from beginning in a block.
    function test_largestEpochBeginsWithinABlock() public {
        string memory endpoint = string(new bytes(259));
        for (uint256 key = 1; key <= 700; key++) {
            bytes memory p = proof(key, owner);
            vm.prank(owner);
            registry.register{value: 1}(vm.addr(key), owner, bytes32(key), endpoint, p);
        }
        uint256 before = gasleft();
        registry.activate();
        // All is warm here: looking at a validator costs up to 4,200 more in a transaction of its own.
        assertLt(before - gasleft() + 700 * 4_200, 10_000_000);
        assertTrue(registry.isActive(vm.addr(700)));
    }

    /// Who comes after the epoch began waits for the next one, and may leave, and moves nobody who is in it.
    function test_whoComesLaterIsApart() public {
        address member = register(1, 1 ether);
        assertFalse(registry.isActive(member));
        registry.activate();
        address late = register(2, 2 ether);
        address later = register(3, 3 ether);
        assertTrue(registry.isActive(member));
        assertFalse(registry.isActive(late));
        assertFalse(registry.isActive(vm.addr(4)));
        vm.startPrank(owner);
        registry.updateEndpoint(later, bytes32(uint256(9)), "later:1");
        registry.withdraw(late);
        registry.updateEndpoint(member, bytes32(uint256(8)), "member:1");
        vm.stopPrank();
        assertEq(owner.balance, 996 ether);
        (StakeRegistry.Validator[] memory v,,) = registry.table(1);
        assertEq(v.length, 1);
        assertEq(v[0].endpoint, "member:1");
        StakeRegistry.Validator[] memory waiting = registry.waiting();
        assertEq(waiting.length, 1);
        assertEq(waiting[0].bridgeKey, later);
        assertEq(waiting[0].endpoint, "later:1");
    }

    function test_noEpochWithoutStake() public {
        vm.expectRevert(StakeRegistry.NoStake.selector);
        registry.activate();
        vm.expectRevert(abi.encodeWithSelector(StakeRegistry.UnknownEpoch.selector, 0));
        registry.table(0);
    }
}
