// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {TokenBridge} from "mallard/TokenBridge.sol";

/// @dev Keeps a tenth of what is transferred.
contract FeeToken is ERC20("Fee", "F") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (from == address(0)) return super._update(from, to, amount);
        super._update(from, address(0xdead), amount / 10);
        super._update(from, to, amount - amount / 10);
    }
}

/// @dev Refuses payments to an account, as some tokens do.
contract BlockingToken is ERC20("Blocking", "B") {
    address private blocked;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setBlocked(address account) external {
        blocked = account;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(to != blocked || to == address(0), "blocked");
        super._update(from, to, amount);
    }
}

/// @dev Lets its holder act in the middle of a transfer.
contract HookToken is ERC20("Hook", "H") {
    Thief private thief;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setThief(Thief thief_) external {
        thief = thief_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from == address(thief) && from != address(0)) thief.onHook();
    }
}

/// @dev Wants one deposit to be counted twice: it sends again while the bridge measures what came.
contract Thief {
    TokenBridge private immutable bridge;
    HookToken private immutable token;
    uint64 private immutable destination;
    uint256 private depth;
    bytes4 public refusedWith;

    constructor(TokenBridge bridge_, HookToken token_, uint64 destination_) {
        (bridge, token, destination) = (bridge_, token_, destination_);
        token_.approve(address(bridge_), type(uint256).max);
    }

    function steal(uint256 amount) external {
        depth = 1;
        bridge.send(address(token), destination, address(this), amount, 0, 100_000, false, "");
    }

    function onHook() external {
        if (depth++ != 1) return;
        try bridge.send(address(token), destination, address(this), 1 ether, 0, 100_000, false, "") {}
        catch (bytes memory reason) {
            refusedWith = bytes4(reason);
        }
    }
}

/// @dev Takes coins and answers with as much as its gas allows.
contract Bomb {
    receive() external payable {
        assembly {
            return(0, 20000)
        }
    }
}
