// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BridgedToken} from "./BridgedToken.sol";
import {TokenDirectory} from "./TokenDirectory.sol";

/// @title How a TokenBridge pays, and what it owes: what had to wait, and what was refused
/// @notice A debt stands until it is paid. Anybody may have it paid to whom it is owed; the one it is owed to, and nobody
/// else, may have it paid elsewhere: that is the way out where a token or an account refuses the payment for good. It never
/// goes back to who sent it, for then whoever can make a payment fail could take it from its recipient.
abstract contract TokenPayouts is TokenDirectory {
    using SafeERC20 for IERC20;

    struct Release {
        address token;
        uint64 readyAt;
        address recipient;
        uint64 chain;
        uint256 amount;
    }

    /// @notice Gas for an account that is paid native coins where its code must not stand in the way.
    uint256 public constant PUSH_GAS = 50_000;

    /// @notice Native coins that could not be pushed; to be claimed.
    mapping(address account => uint256) public claimable;
    /// @notice Payments that wait for the rate limit or for the end of a pause.
    mapping(uint256 id => Release) public delayed;
    /// @notice How many payments have ever waited; the last one's id.
    uint256 public delayedCount;

    event TransferDelayed(uint64 indexed source, uint64 indexed index, uint256 id, uint256 readyAt);
    event DelayedReleased(uint256 indexed id, address indexed recipient, address token, uint256 amount);
    event Claimable(address indexed account, uint256 amount);
    event Claimed(address indexed account, uint256 amount);

    error CannotWait(uint256 readyAt);
    error NotDelayed(uint256 id);
    error NotReady(uint256 id, uint256 readyAt);
    error NothingToClaim(address account);
    error OnlyRecipient(address caller);
    error NoRecipient();
    error PaymentFailed(address to);
    error TooLittleGas(uint256 left);

    /// @notice Pays what had to wait, once its time has come and no pause is on; anybody may call.
    function release(uint256 id) external {
        Release memory waiting = _takeDelayed(id);
        emit DelayedReleased(id, waiting.recipient, waiting.token, waiting.amount);
        _payBack(waiting.token, waiting.recipient, waiting.amount, homes[waiting.token].chain != 0);
    }

    /// @notice As `release`, to an account that the recipient names; only the recipient may call.
    function releaseTo(uint256 id, address to) external {
        if (to == address(0)) revert NoRecipient();
        Release memory waiting = _takeDelayed(id);
        if (msg.sender != waiting.recipient) revert OnlyRecipient(msg.sender);
        emit DelayedReleased(id, to, waiting.token, waiting.amount);
        _pay(waiting.token, to, waiting.amount, homes[waiting.token].chain != 0);
    }

    /// @notice Pays an account native coins that could not be pushed to it; anybody may call.
    function claim(address account) external {
        _claim(account, account);
    }

    /// @notice Pays native coins that could not be pushed to the caller to an account that it names.
    function claimTo(address to) external {
        if (to == address(0)) revert NoRecipient();
        _claim(msg.sender, to);
    }

    function _takeDelayed(uint256 id) private returns (Release memory waiting) {
        waiting = delayed[id];
        if (waiting.amount == 0) revert NotDelayed(id);
        if (peerOf[waiting.chain].paused) revert IsPaused();
        if (waiting.readyAt > block.timestamp && limits[waiting.token].capacity != 0) {
            revert NotReady(id, waiting.readyAt);
        }
        delete delayed[id];
    }

    function _claim(address account, address to) private {
        uint256 amount = claimable[account];
        if (amount == 0) revert NothingToClaim(account);
        claimable[account] = 0;
        emit Claimed(account, amount);
        _push(to, amount);
    }

    function _delay(uint64 other, uint64 index, Release memory waiting) internal {
        uint256 id = ++delayedCount;
        delayed[id] = waiting;
        emit TransferDelayed(other, index, id, waiting.readyAt);
    }

    function _pay(address token, address to, uint256 amount, bool isBridged) internal {
        if (isBridged) {
            BridgedToken(token).mint(to, amount);
        } else if (token == NATIVE) {
            _push(to, amount);
        } else {
            IERC20(token).safeTransfer(to, amount);
        }
    }

    /// Pays where no one can be sent back to: native coins that are refused wait to be claimed.
    function _payBack(address token, address to, uint256 amount, bool isBridged) internal {
        if (token != NATIVE) return _pay(token, to, amount, isBridged);
        if (gasleft() < PUSH_GAS * 2) revert TooLittleGas(gasleft());
        if (_call(to, amount, PUSH_GAS)) return;
        claimable[to] += amount;
        emit Claimable(to, amount);
    }

    function _push(address to, uint256 amount) private {
        if (!_call(to, amount, gasleft())) revert PaymentFailed(to);
    }

    /// What the account answers is not copied.
    function _call(address to, uint256 amount, uint256 gasLimit) private returns (bool ok) {
        assembly ("memory-safe") {
            ok := call(gasLimit, to, amount, 0, 0, 0, 0)
        }
    }
}
