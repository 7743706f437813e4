// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BridgedToken} from "./BridgedToken.sol";
import {FLAG_RECEIPT} from "./Types.sol";
import {Guarded} from "./Guarded.sol";
import {IMessageReceiver, IReceiptReceiver, ITokenReceiver} from "./Interfaces.sol";
import {Outbox} from "./Outbox.sol";

/// @title Moves tokens between chains: lock or burn here, release or mint there
/// @notice Total supply over both chains is conserved, always. Nobody's key can move users' funds.
contract TokenBridge is Guarded, IMessageReceiver, IReceiptReceiver {
    using SafeERC20 for IERC20;

    struct Limit {
        uint256 capacity;
        uint256 perSecond;
        uint256 level;
        uint256 since;
    }

    struct Release {
        address token;
        address recipient;
        uint256 amount;
    }

    /// @notice The native coin's place among token addresses.
    address public constant NATIVE = address(0);

    /// @notice This chain.
    uint64 public immutable chain;
    Outbox public immutable outbox;
    address public immutable inbox;

    /// @notice The bridge on another chain, bound once.
    mapping(uint64 chain => address bridge) public peers;
    /// @notice Home tokens that may leave.
    mapping(address token => bool) public isHome;
    /// @notice The token here that stands for a token of another chain; bound once.
    mapping(uint64 homeChain => mapping(address homeToken => BridgedToken)) public bridged;
    /// @notice The home chain of a bridged token; 0 for others.
    mapping(address token => uint64 homeChain) public homeChainOf;
    mapping(address token => address homeToken) private homeTokenOf;
    /// @notice Home tokens held for what a chain has minted: it can never get more back.
    mapping(address token => mapping(uint64 chain => uint256)) public escrowed;
    /// @notice Native coins that could not be pushed; to be claimed.
    mapping(address account => uint256) public claimable;
    mapping(address token => Limit) private limits;
    /// @notice Releases that wait for the rate limit or the end of a pause.
    mapping(uint256 id => Release) public delayed;
    uint256 public delayedCount;

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
    event TransferDelayed(uint64 indexed source, uint64 indexed index, uint256 id);
    event DelayedReleased(uint256 indexed id, address indexed recipient, address token, uint256 amount);
    event TransferRefunded(
        uint64 indexed destination, uint64 indexed index, address indexed sender, address token, uint256 amount
    );
    event Claimable(address indexed account, uint256 amount);

    error PeerAlreadyBound(uint64 chain);
    error UnknownPeer(uint64 chain);
    error TokenExists(address token);
    error UnknownToken(address token);
    error NothingSent();
    error WrongValue(uint256 sent, uint256 needed);
    error OnlyInbox(address caller);
    error NotFromPeer(uint64 source, address sender);
    error EscrowExceeded(address token, uint64 chain, uint256 asked, uint256 held);
    error NotDelayed(uint256 id);
    error StillLimited(uint256 id, uint256 room);
    error NothingToClaim(address account);
    error PaymentFailed(address to);

    constructor(Outbox outbox_, address inbox_, address guardian) Guarded(guardian) {
        outbox = outbox_;
        inbox = inbox_;
        chain = uint64(block.chainid);
    }

    // --- set-up, once each ---

    /// @notice Binds the bridge on another chain, for good.
    function bindPeer(uint64 chain_, address bridge) external onlyAdmin {
        if (peers[chain_] != address(0)) revert PeerAlreadyBound(chain_);
        peers[chain_] = bridge;
        emit PeerBound(chain_, bridge);
    }

    /// @notice Lets a token of this chain leave; the zero address for the native coin.
    function registerHome(address token) external onlyAdmin {
        if (isHome[token] || homeChainOf[token] != 0) revert TokenExists(token);
        isHome[token] = true;
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
        if (address(bridged[homeChain][homeToken]) != address(0)) revert TokenExists(homeToken);
        BridgedToken created = new BridgedToken(name, symbol, decimals);
        token = address(created);
        bridged[homeChain][homeToken] = created;
        homeChainOf[token] = homeChain;
        homeTokenOf[token] = homeToken;
        emit BridgedRegistered(homeChain, homeToken, token);
    }

    /// @notice Limits how fast a token is released here; what is over waits, nothing is dropped. Zero capacity: no limit.
    function setLimit(address token, uint256 capacity, uint256 perSecond) external onlyAdmin {
        limits[token] = Limit(capacity, perSecond, capacity, block.timestamp);
        emit LimitSet(token, capacity, perSecond);
    }

    // --- sending ---

    /// @notice Sends tokens to another chain; with data, calls the recipient after they have arrived.
    /// @param token the token's address here; zero for the native coin
    function send(
        address token,
        uint64 destination,
        address recipient,
        uint256 amount,
        uint64 deadline,
        uint32 gasLimit,
        bytes calldata data
    ) external payable whenNotPaused returns (uint64 index) {
        address peer = peers[destination];
        if (peer == address(0)) revert UnknownPeer(destination);
        if (amount == 0) revert NothingSent();
        uint256 fee = msg.value;
        (uint64 homeChain, address homeToken) = (chain, token);
        if (homeChainOf[token] != 0) {
            (homeChain, homeToken) = (homeChainOf[token], homeTokenOf[token]);
            BridgedToken(token).burn(msg.sender, amount);
        } else {
            if (!isHome[token]) revert UnknownToken(token);
            if (token == NATIVE) {
                if (msg.value < amount) revert WrongValue(msg.value, amount);
                fee = msg.value - amount;
            } else {
                uint256 before = IERC20(token).balanceOf(address(this));
                IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
                amount = IERC20(token).balanceOf(address(this)) - before;
            }
            escrowed[token][destination] += amount;
        }
        bytes memory payload = abi.encode(homeChain, homeToken, amount, msg.sender, recipient, data);
        index = outbox.send{value: fee}(destination, peer, gasLimit, FLAG_RECEIPT, deadline, payload);
        emit TransferSent(destination, index, msg.sender, token, recipient, amount);
    }

    // --- arriving ---

    /// @inheritdoc IMessageReceiver
    function onMessage(uint64 source, uint64 index, address sender, bytes calldata payload) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        if (sender != peers[source]) revert NotFromPeer(source, sender);
        (uint64 homeChain, address homeToken, uint256 amount, address from, address recipient, bytes memory data) =
            abi.decode(payload, (uint64, address, uint256, address, address, bytes));
        address token = _localToken(homeChain, homeToken);
        if (homeChain == chain) _takeEscrow(token, source, amount);
        if (paused || !_takeLimit(token, amount)) {
            uint256 id = ++delayedCount;
            delayed[id] = Release(token, recipient, amount);
            emit TransferDelayed(source, index, id);
            return;
        }
        _pay(token, recipient, amount, homeChain != chain);
        if (data.length != 0) {
            ITokenReceiver(recipient).onTokenReceived(token, amount, source, from, data);
        }
        emit TransferReleased(source, index, recipient, token, amount);
    }

    /// @inheritdoc IReceiptReceiver
    function onReceipt(uint64 destination, uint64 index, uint8, bytes calldata payload) external {
        if (msg.sender != inbox) revert OnlyInbox(msg.sender);
        (uint64 homeChain, address homeToken, uint256 amount, address from,,) =
            abi.decode(payload, (uint64, address, uint256, address, address, bytes));
        address token = _localToken(homeChain, homeToken);
        if (homeChain == chain) {
            _takeEscrow(token, destination, amount);
            if (token == NATIVE) {
                _pushOrCredit(from, amount);
            } else {
                IERC20(token).safeTransfer(from, amount);
            }
        } else {
            BridgedToken(token).mint(from, amount);
        }
        emit TransferRefunded(destination, index, from, token, amount);
    }

    /// @notice Pays out a delayed release once the limit has room and the pause is over; anybody may call.
    function release(uint256 id) external whenNotPaused {
        Release memory waiting = delayed[id];
        if (waiting.amount == 0) revert NotDelayed(id);
        if (!_takeLimit(waiting.token, waiting.amount)) revert StillLimited(id, limits[waiting.token].level);
        delete delayed[id];
        emit DelayedReleased(id, waiting.recipient, waiting.token, waiting.amount);
        if (waiting.token == NATIVE) {
            _pushOrCredit(waiting.recipient, waiting.amount);
        } else {
            _pay(waiting.token, waiting.recipient, waiting.amount, homeChainOf[waiting.token] != 0);
        }
    }

    /// @notice Pays the caller native coins that could not be pushed to it.
    function claim() external {
        uint256 amount = claimable[msg.sender];
        if (amount == 0) revert NothingToClaim(msg.sender);
        claimable[msg.sender] = 0;
        _push(msg.sender, amount);
    }

    /// @notice The rate limit of a token.
    function limitOf(address token) external view returns (uint256 capacity, uint256 perSecond, uint256 level) {
        Limit storage l = limits[token];
        return (l.capacity, l.perSecond, l.level);
    }

    function _localToken(uint64 homeChain, address homeToken) private view returns (address token) {
        if (homeChain == chain) {
            if (!isHome[homeToken]) revert UnknownToken(homeToken);
            return homeToken;
        }
        token = address(bridged[homeChain][homeToken]);
        if (token == address(0)) revert UnknownToken(homeToken);
    }

    function _takeEscrow(address token, uint64 from, uint256 amount) private {
        uint256 held = escrowed[token][from];
        if (held < amount) revert EscrowExceeded(token, from, amount, held);
        escrowed[token][from] = held - amount;
    }

    function _takeLimit(address token, uint256 amount) private returns (bool) {
        Limit storage l = limits[token];
        uint256 capacity = l.capacity;
        if (capacity == 0) return true;
        uint256 level = l.level + (block.timestamp - l.since) * l.perSecond;
        if (level > capacity) level = capacity;
        l.since = block.timestamp;
        // What is larger than the whole bucket passes when the bucket is full: delayed, never stuck.
        if (level < amount && level < capacity) {
            l.level = level;
            return false;
        }
        l.level = level < amount ? 0 : level - amount;
        return true;
    }

    function _pay(address token, address recipient, uint256 amount, bool isBridged) private {
        if (isBridged) {
            BridgedToken(token).mint(recipient, amount);
        } else if (token == NATIVE) {
            _push(recipient, amount);
        } else {
            IERC20(token).safeTransfer(recipient, amount);
        }
    }

    function _push(address to, uint256 amount) private {
        (bool ok,) = to.call{value: amount}("");
        if (!ok) revert PaymentFailed(to);
    }

    function _pushOrCredit(address to, uint256 amount) private {
        (bool ok,) = to.call{value: amount, gas: 50_000}("");
        if (!ok) {
            claimable[to] += amount;
            emit Claimable(to, amount);
        }
    }
}
