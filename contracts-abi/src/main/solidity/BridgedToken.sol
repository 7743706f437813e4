// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Whoever creates bridged tokens tells them who they are
interface ITokenMaker {
    /// @notice What the token that is being created is called, and its decimal places.
    function making() external view returns (string memory name, string memory symbol, uint8 decimals);
}

/// @title A token of another chain, minted and burnt by the TokenBridge only
/// @notice Its constructor takes no arguments, so that its address follows from what it stands for alone.
contract BridgedToken is ERC20 {
    /// @notice The only one that mints and burns.
    address public immutable bridge;
    uint8 private immutable places;
    string private ownName;
    string private ownSymbol;

    error OnlyBridge(address caller);

    constructor() ERC20("", "") {
        bridge = msg.sender;
        (ownName, ownSymbol, places) = ITokenMaker(msg.sender).making();
    }

    /// @notice The token's name.
    function name() public view override returns (string memory) {
        return ownName;
    }

    /// @notice The token's symbol.
    function symbol() public view override returns (string memory) {
        return ownSymbol;
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
