// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BridgedToken} from "./BridgedToken.sol";
import {Guarded} from "./Guarded.sol";
import {IMessageReceiver, IReceiptReceiver, ITokenReceiver} from "./Interfaces.sol";
import {Outbox} from "./Outbox.sol";
import {Limit, RateLimit} from "./RateLimit.sol";
import {TokenPayouts} from "./TokenPayouts.sol";
import {Transfer, TransferPayload} from "./TransferPayload.sol";
import {FLAG_RECEIPT, FLAG_REFUND} from "./Types.sol";

/// @title Moves tokens between chains: lock or burn here, release or mint there
/// @notice Total supply over both chains is conserved, always, and nobody's key can move users' funds. A token crosses
/// only between its home and one other chain at a time, so a chain that lies can harm its own tokens and what was sent
/// to it, nothing else.
contract TokenBridge is TokenPayouts, IMessageReceiver, IReceiptReceiver {
    using SafeERC20 for IERC20;
    using RateLimit for Limit;

    /// @notice Where transfers leave.
    Outbox public immutable outbox;
    /// @notice The only one that brings transfers and receipts.
    address public immutable inbox;

    /// @notice Home tokens held for what a chain has minted: it can never get more back.
    mapping(address token => mapping(uint64 chain => uint256)) public escrowed;
    uint256 private transient sending;

    event TransferSent(
        uint64 indexed destination,
        uint64 indexed index,
        address indexed sender,
        address token,
        address recipient,
        uint256 amount
    );
    /// @notice A token or coin of this chain came home. A bridged token that is minted has no event of ours: its own
    /// `Transfer` from the zero address says the amount, and the Inbox's `Delivered` that follows says for which entry.
    event TransferReleased(
        uint64 indexed source, uint64 indexed index, address indexed recipient, address token, uint256 amount
    );
    event TransferRefunded(
        uint64 indexed destination, uint64 indexed index, address indexed sender, address token, uint256 amount
    );

    error UnknownPeer(uint64 chain);
    error NotBetweenHomeAndHere(uint64 homeChain, uint64 other);
    error NothingSent();
    error WrongValue(uint256 sent, uint256 needed);
    error OnlyInbox(address caller);
    error NotFromPeer(uint64 source, address sender);
    error EscrowExceeded(address token, uint64 chain, uint256 asked, uint256 held);
    error Reentered();

    constructor(Outbox outbox_, address inbox_, address guardian) Guarded(guardian) {
        outbox = outbox_;
        inbox = inbox_;
    }

    /// @notice Sends tokens to another chain; with data, calls the recipient after they have arrived. What fails or comes too
    /// late is refunded.
    /// @param token the token's address here; zero for the native coin
    /// @param deadline latest time of arrival, in seconds; 0 for none
    /// @param gasLimit gas for the arrival, the call included
    /// @param quietly whether this chain hears of a failure or an expiry only: cheaper to deliver
    function send(
        address token,
        uint64 destination,
        address recipient,
        uint256 amount,
        uint64 deadline,
        uint32 gasLimit,
        bool quietly,
        bytes calldata data
    ) external payable returns (uint64 index) {
        if (sending != 0) revert Reentered();
        sending = 1;
        (address bridge, bool paused,) = _readPeer(destination);
        if (bridge == address(0)) revert UnknownPeer(destination);
        if (paused) revert IsPaused();
        if (recipient == address(0)) revert NoRecipient();
        Transfer memory t = Transfer(0, token, 0, msg.sender, recipient);
        (t.homeChain, t.homeToken) = homeOf(token);
        uint256 fee = msg.value;
        if (t.homeChain == chain) {
            if (token == NATIVE) {
                if (msg.value < amount) revert WrongValue(msg.value, amount);
                fee = msg.value - amount;
            }
            t.amount = _lock(token, amount);
            escrowed[token][destination] += t.amount;
        } else {
            if (t.homeChain != destination) revert NotBetweenHomeAndHere(t.homeChain, destination);
            t.amount = amount;
            BridgedToken(token).burn(msg.sender, amount);
        }
        if (t.amount == 0) revert NothingSent();
        bytes memory payload = TransferPayload.encode(t, data);
        index = outbox.send{value: fee}(destination, bridge, gasLimit, quietly ? FLAG_REFUND : FLAG_RECEIPT, deadline, payload);
        emit TransferSent(destination, index, msg.sender, token, recipient, t.amount);
        sending = 0;
    }

    /// @inheritdoc IMessageReceiver
    /// @dev A transfer with a call is all or nothing: one that would have to wait fails and is refunded.
    function onMessageDelivered(uint64 source, uint64 index, address sender, bytes calldata payload) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        (address bridge, bool paused, bool isAnyLimited) = _readPeer(source);
        // Where no bridge is bound, nobody is believed: not even who says to be address zero.
        if (sender != bridge || bridge == address(0)) revert NotFromPeer(source, sender);
        (uint64 homeChain, address homeToken, uint256 amount, address recipient) = TransferPayload.read(payload);
        // Nobody could be paid at address zero, so nobody may wait there.
        if (recipient == address(0)) revert NoRecipient();
        (address token, uint256 readyAt) = _admit(source, isAnyLimited, homeChain, homeToken, amount);
        bytes calldata data = TransferPayload.dataOf(payload);
        if (paused || readyAt > block.timestamp) {
            if (data.length != 0 || readyAt > type(uint64).max) revert CannotWait(readyAt);
            _delay(source, index, Release(token, uint64(readyAt), recipient, source, amount));
            return;
        }
        _pay(token, recipient, amount, homeChain != chain);
        if (data.length != 0) {
            (Transfer memory t,) = TransferPayload.decode(payload);
            ITokenReceiver(recipient).onTokenReceived(token, amount, source, t.from, data);
        }
        if (homeChain == chain) emit TransferReleased(source, index, recipient, token, amount);
    }

    /// @inheritdoc IReceiptReceiver
    function onReceipt(uint64 destination, uint64 index, uint8, bytes calldata payload) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        (Transfer memory t,) = TransferPayload.decode(payload);
        // Refunds take room of the limit too: receipts are only as honest as the chain that they come from.
        (address bridge, bool paused, bool isAnyLimited) = _readPeer(destination);
        if (bridge == address(0)) revert UnknownPeer(destination);
        (address token, uint256 readyAt) = _admit(destination, isAnyLimited, t.homeChain, t.homeToken, t.amount);
        if (paused || readyAt > block.timestamp) {
            if (readyAt > type(uint64).max) revert CannotWait(readyAt);
            _delay(destination, index, Release(token, uint64(readyAt), t.from, destination, t.amount));
            return;
        }
        _payBack(token, t.from, t.amount, t.homeChain != chain);
        emit TransferRefunded(destination, index, t.from, token, t.amount);
    }

    /// Finds what stands here for a token that another chain brings, which must be its home unless this one is; takes the
    /// amount out of escrow and into the rate limit.
    /// @param isAnyLimited whether any token of the other chain is under a limit here
    /// @return token its address here
    /// @return readyAt when it may be paid, in seconds
    function _admit(uint64 other, bool isAnyLimited, uint64 homeChain, address homeToken, uint256 amount)
        private
        returns (address token, uint256 readyAt)
    {
        bool isLimited;
        if (homeChain == chain) {
            token = homeToken;
            Local memory local = locals[chain][token];
            if (!local.isKnown) revert UnknownToken(token);
            isLimited = local.isLimited;
            _takeEscrow(token, other, amount);
        } else if (homeChain == other) {
            token = _findBridged(homeChain, homeToken);
            isLimited = isAnyLimited && locals[homeChain][homeToken].isLimited;
        } else {
            revert NotBetweenHomeAndHere(homeChain, other);
        }
        if (isLimited) readyAt = limits[token].take(amount);
    }

    /// Takes home tokens in; counts what has really come.
    function _lock(address token, uint256 amount) private returns (uint256 locked) {
        if (!locals[chain][token].isKnown) revert UnknownToken(token);
        if (token == NATIVE) return amount;
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        return IERC20(token).balanceOf(address(this)) - before;
    }

    function _takeEscrow(address token, uint64 from, uint256 amount) private {
        uint256 held = escrowed[token][from];
        if (held < amount) revert EscrowExceeded(token, from, amount, held);
        escrowed[token][from] = held - amount;
    }
}
