// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BridgedToken} from "./BridgedToken.sol";
import {Guarded} from "./Guarded.sol";
import {IMessageReceiver, IReceiptReceiver, ITokenReceiver} from "./Interfaces.sol";
import {Outbox} from "./Outbox.sol";
import {Limit, RateLimit} from "./RateLimit.sol";
import {Transfer, TransferPayload} from "./TransferPayload.sol";
import {FLAG_RECEIPT, FLAG_REFUND} from "./Types.sol";

/// @title Moves tokens between chains: lock or burn here, release or mint there
/// @notice Total supply over both chains is conserved, always, and nobody's key can move users' funds. A token crosses
/// only between its home and one other chain at a time, so a chain that lies can harm its own tokens and what was sent
/// to it, nothing else.
contract TokenBridge is Guarded, IMessageReceiver, IReceiptReceiver {
    using SafeERC20 for IERC20;
    using RateLimit for Limit;

    /// @dev What stands here for a token; one slot, because every arrival reads it.
    struct Local {
        address token;
        bool isKnown;
        bool isLimited;
    }

    /// @dev The bridge on another chain; what goes there and comes from there can be paused.
    struct Peer {
        address bridge;
        bool paused;
    }

    /// @dev Where a bridged token comes from.
    struct Home {
        address token;
        uint64 chain;
    }

    struct Release {
        address token;
        uint64 readyAt;
        address recipient;
        uint64 chain;
        uint256 amount;
    }

    /// @notice The native coin's place among token addresses.
    address public constant NATIVE = address(0);
    /// @notice Gas for an account that is paid native coins where its code must not stand in the way.
    uint256 public constant PUSH_GAS = 50_000;

    /// @notice This chain.
    uint64 public immutable chain;
    /// @notice Where transfers leave.
    Outbox public immutable outbox;
    /// @notice The only one that brings transfers and receipts.
    address public immutable inbox;

    mapping(uint64 chain => Peer) private peerOf;
    mapping(uint64 homeChain => mapping(address homeToken => Local)) private locals;
    mapping(address token => Home) private homes;
    /// @notice Home tokens held for what a chain has minted: it can never get more back.
    mapping(address token => mapping(uint64 chain => uint256)) public escrowed;
    /// @notice Native coins that could not be pushed; to be claimed.
    mapping(address account => uint256) public claimable;
    mapping(address token => Limit) private limits;
    /// @notice Payments that wait for the rate limit or for the end of a pause.
    mapping(uint256 id => Release) public delayed;
    /// @notice How many payments have ever waited; the last one's id.
    uint256 public delayedCount;
    bool private transient sending;

    event Paused(uint64 indexed chain, bool paused);
    event PeerBound(uint64 indexed chain, address bridge);
    event HomeRegistered(address indexed token);
    event BridgedRegistered(uint64 indexed homeChain, address indexed homeToken, address token);
    event LimitSet(address indexed token, uint256 capacity, uint256 perSecond);
    event TransferSent(
        uint64 indexed destination,
        uint64 indexed index,
        address indexed sender,
        address token,
        address recipient,
        uint256 amount
    );
    event TransferReleased(
        uint64 indexed source, uint64 indexed index, address indexed recipient, address token, uint256 amount
    );
    event TransferDelayed(uint64 indexed source, uint64 indexed index, uint256 id, uint256 readyAt);
    event DelayedReleased(uint256 indexed id, address indexed recipient, address token, uint256 amount);
    event TransferRefunded(
        uint64 indexed destination, uint64 indexed index, address indexed sender, address token, uint256 amount
    );
    event Claimable(address indexed account, uint256 amount);
    event Claimed(address indexed account, uint256 amount);

    error BadPeer(uint64 chain, address bridge);
    error UnknownPeer(uint64 chain);
    error TokenExists(address token);
    error UnknownToken(address token);
    error NotBetweenHomeAndHere(uint64 homeChain, uint64 other);
    error NothingSent();
    error NoRecipient();
    error WrongValue(uint256 sent, uint256 needed);
    error OnlyInbox(address caller);
    error NotFromPeer(uint64 source, address sender);
    error EscrowExceeded(address token, uint64 chain, uint256 asked, uint256 held);
    error CannotWait(uint256 readyAt);
    error NotDelayed(uint256 id);
    error NotReady(uint256 id, uint256 readyAt);
    error NothingToClaim(address account);
    error PaymentFailed(address to);
    error TooLittleGas(uint256 left);
    error Reentered();

    constructor(Outbox outbox_, address inbox_, address guardian) Guarded(guardian) {
        outbox = outbox_;
        inbox = inbox_;
        chain = uint64(block.chainid);
    }

    // --- set-up, once each ---

    /// @notice Binds the bridge on another chain, for good.
    function bindPeer(uint64 chain_, address bridge) external onlyAdmin {
        Peer storage peer = peerOf[chain_];
        if (peer.bridge != address(0) || bridge == address(0) || chain_ == chain) revert BadPeer(chain_, bridge);
        peer.bridge = bridge;
        emit PeerBound(chain_, bridge);
    }

    /// @notice Lets a token of this chain leave; the zero address for the native coin.
    function registerHome(address token) external onlyAdmin {
        if (locals[chain][token].isKnown || homes[token].chain != 0) revert TokenExists(token);
        if (token != NATIVE && token.code.length == 0) revert UnknownToken(token);
        locals[chain][token] = Local(token, true, false);
        emit HomeRegistered(token);
    }

    /// @notice Creates the token that stands for one of another chain.
    function registerWrapped(
        uint64 homeChain,
        address homeToken,
        string calldata name,
        string calldata symbol,
        uint8 decimals
    ) external onlyAdmin returns (address token) {
        if (homeChain == chain || homeChain == 0 || locals[homeChain][homeToken].isKnown) revert TokenExists(homeToken);
        token = address(new BridgedToken(name, symbol, decimals));
        locals[homeChain][homeToken] = Local(token, true, false);
        homes[token] = Home(homeToken, homeChain);
        emit BridgedRegistered(homeChain, homeToken, token);
    }

    /// @notice Limits how fast a token is released here; what is over waits, nothing is dropped.
    /// @param capacity amount that may go at once; 0 for no limit, which also frees what waits
    function setLimit(address token, uint256 capacity, uint256 perSecond) external onlyAdmin {
        (uint64 homeChain, address homeToken) = homeOf(token);
        if (!locals[homeChain][homeToken].isKnown) revert UnknownToken(token);
        locals[homeChain][homeToken].isLimited = capacity != 0;
        limits[token].set(capacity, perSecond);
        emit LimitSet(token, capacity, perSecond);
    }

    /// @notice Stops or resumes the traffic with a chain: nothing leaves for it, and what it brings waits.
    function setPaused(uint64 chain_, bool paused) external onlyGuardian {
        peerOf[chain_].paused = paused;
        emit Paused(chain_, paused);
    }

    // --- sending ---

    /// @notice Sends tokens to another chain; with data, calls the recipient after they have arrived.
    /// @param token the token's address here; zero for the native coin
    /// @param deadline latest time of arrival, in seconds; 0 for none. What comes too late is refunded
    /// @param gasLimit gas for the arrival, the call included
    function send(
        address token,
        uint64 destination,
        address recipient,
        uint256 amount,
        uint64 deadline,
        uint32 gasLimit,
        bytes calldata data
    ) external payable returns (uint64 index) {
        return _send(FLAG_RECEIPT, token, destination, recipient, amount, deadline, gasLimit, data);
    }

    /// @notice As `send`, but this chain hears of a failure or an expiry only: cheaper to deliver.
    function sendQuietly(
        address token,
        uint64 destination,
        address recipient,
        uint256 amount,
        uint64 deadline,
        uint32 gasLimit,
        bytes calldata data
    ) external payable returns (uint64 index) {
        return _send(FLAG_REFUND, token, destination, recipient, amount, deadline, gasLimit, data);
    }

    // --- arriving ---

    /// @inheritdoc IMessageReceiver
    /// @dev A transfer with a call is all or nothing: one that would have to wait fails and is refunded.
    function onMessage(uint64 source, uint64 index, address sender, bytes calldata payload) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        Peer storage peer = peerOf[source];
        if (sender != peer.bridge) revert NotFromPeer(source, sender);
        (Transfer memory t, bytes calldata data) = TransferPayload.decode(payload);
        // Nobody could be paid at address zero, so nobody may wait there.
        if (t.recipient == address(0)) revert NoRecipient();
        Local memory local = _localOf(t, source);
        if (t.homeChain == chain) _takeEscrow(local.token, source, t.amount);
        uint256 readyAt = local.isLimited ? limits[local.token].take(t.amount) : 0;
        if (peer.paused || readyAt > block.timestamp) {
            if (data.length != 0 || readyAt > type(uint64).max) revert CannotWait(readyAt);
            _delay(source, index, Release(local.token, uint64(readyAt), t.recipient, source, t.amount));
            return;
        }
        _pay(local.token, t.recipient, t.amount, t.homeChain != chain);
        if (data.length != 0) {
            ITokenReceiver(t.recipient).onTokenReceived(local.token, t.amount, source, t.from, data);
        }
        emit TransferReleased(source, index, t.recipient, local.token, t.amount);
    }

    /// @inheritdoc IReceiptReceiver
    function onReceipt(uint64 destination, uint64 index, uint8, bytes calldata payload) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        (Transfer memory t,) = TransferPayload.decode(payload);
        Local memory local = _localOf(t, destination);
        address token = local.token;
        if (t.homeChain == chain) _takeEscrow(token, destination, t.amount);
        // Refunds too: receipts are only as honest as the chain that they come from.
        uint256 readyAt = local.isLimited ? limits[token].take(t.amount) : 0;
        if (peerOf[destination].paused || readyAt > block.timestamp) {
            if (readyAt > type(uint64).max) revert CannotWait(readyAt);
            _delay(destination, index, Release(token, uint64(readyAt), t.from, destination, t.amount));
            return;
        }
        _payBack(token, t.from, t.amount, t.homeChain != chain);
        emit TransferRefunded(destination, index, t.from, token, t.amount);
    }

    /// @notice Pays what had to wait, once its time has come and no pause is on; anybody may call.
    function release(uint256 id) external {
        Release memory waiting = delayed[id];
        if (waiting.amount == 0) revert NotDelayed(id);
        if (peerOf[waiting.chain].paused) revert IsPaused();
        if (waiting.readyAt > block.timestamp && limits[waiting.token].capacity != 0) {
            revert NotReady(id, waiting.readyAt);
        }
        delete delayed[id];
        emit DelayedReleased(id, waiting.recipient, waiting.token, waiting.amount);
        _payBack(waiting.token, waiting.recipient, waiting.amount, homes[waiting.token].chain != 0);
    }

    /// @notice Pays an account native coins that could not be pushed to it; anybody may call.
    function claim(address account) external {
        uint256 amount = claimable[account];
        if (amount == 0) revert NothingToClaim(account);
        claimable[account] = 0;
        emit Claimed(account, amount);
        _push(account, amount);
    }

    /// @notice The rate limit of a token, and how much could be released at once now.
    function limitOf(address token) external view returns (uint256 capacity, uint256 perSecond, uint256 room) {
        Limit storage l = limits[token];
        uint256 used = l.usedNow();
        return (l.capacity, l.perSecond, used < l.capacity ? l.capacity - used : 0);
    }

    /// @notice The bridge on another chain; zero if none is bound.
    function peers(uint64 chain_) external view returns (address bridge) {
        return peerOf[chain_].bridge;
    }

    /// @notice Whether the traffic with a chain is paused.
    function isPaused(uint64 chain_) external view returns (bool) {
        return peerOf[chain_].paused;
    }

    /// @notice Whether a token of this chain may leave.
    function isHome(address token) external view returns (bool) {
        return locals[chain][token].isKnown;
    }

    /// @notice The token here that stands for one of another chain; zero if there is none.
    function bridged(uint64 homeChain, address homeToken) external view returns (address token) {
        return homeChain == chain ? address(0) : locals[homeChain][homeToken].token;
    }

    /// @notice Where a token comes from: this chain, if it is not a bridged one.
    function homeOf(address token) public view returns (uint64 homeChain, address homeToken) {
        Home storage home = homes[token];
        return home.chain == 0 ? (chain, token) : (home.chain, home.token);
    }

    function _send(
        uint8 flags,
        address token,
        uint64 destination,
        address recipient,
        uint256 amount,
        uint64 deadline,
        uint32 gasLimit,
        bytes calldata data
    ) private returns (uint64 index) {
        if (sending) revert Reentered();
        sending = true;
        Peer memory peer = peerOf[destination];
        if (peer.bridge == address(0)) revert UnknownPeer(destination);
        if (peer.paused) revert IsPaused();
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
        index = outbox.send{value: fee}(destination, peer.bridge, gasLimit, flags, deadline, payload);
        emit TransferSent(destination, index, msg.sender, token, recipient, t.amount);
        sending = false;
    }

    /// The token's stand-in here; the other chain must be its home, or this one.
    function _localOf(Transfer memory t, uint64 other) private view returns (Local memory local) {
        if (t.homeChain != other && t.homeChain != chain) revert NotBetweenHomeAndHere(t.homeChain, other);
        local = locals[t.homeChain][t.homeToken];
        if (!local.isKnown) revert UnknownToken(t.homeToken);
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

    function _delay(uint64 other, uint64 index, Release memory waiting) private {
        uint256 id = ++delayedCount;
        delayed[id] = waiting;
        emit TransferDelayed(other, index, id, waiting.readyAt);
    }

    function _pay(address token, address to, uint256 amount, bool isBridged) private {
        if (isBridged) {
            BridgedToken(token).mint(to, amount);
        } else if (token == NATIVE) {
            _push(to, amount);
        } else {
            IERC20(token).safeTransfer(to, amount);
        }
    }

    /// Pays where no one can be sent back to: native coins that are refused wait to be claimed.
    function _payBack(address token, address to, uint256 amount, bool isBridged) private {
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
