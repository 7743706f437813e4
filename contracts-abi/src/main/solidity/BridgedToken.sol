// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token of another chain, minted and burnt by the TokenBridge only
contract BridgedToken is ERC20 {
    /// @notice The only one that mints and burns.
    address public immutable bridge;
    uint8 private immutable places;

    error OnlyBridge(address caller);

    constructor(string memory name_, string memory symbol_, uint8 decimals_) ERC20(name_, symbol_) {
        bridge = msg.sender;
        places = decimals_;
    }

    /// @notice Decimal places, those of the home token.
    function decimals() public view override returns (uint8) {
        return places;
    }

    /// @notice Creates tokens against a lock on the home chain.
    function mint(address to, uint256 amount) external {
        if (msg.sender != bridge) revert OnlyBridge(msg.sender);
        _mint(to, amount);
    }

    /// @notice Destroys tokens that go home.
    function burn(address from, uint256 amount) external {
        if (msg.sender != bridge) revert OnlyBridge(msg.sender);
        _burn(from, amount);
    }
}
