// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {BridgedToken, ITokenMaker} from "./BridgedToken.sol";
import {Guarded} from "./Guarded.sol";
import {Limit, RateLimit} from "./RateLimit.sol";

/// @title What a TokenBridge knows of other chains and of tokens, and who sets it up
abstract contract TokenDirectory is Guarded, ITokenMaker {
    using RateLimit for Limit;

    /// @dev What stands here for a token.
    struct Local {
        address token;
        bool isKnown;
        bool isLimited;
    }

    /// @dev The bridge on another chain; what goes there and comes from there can be paused. One slot, because every arrival
    /// reads it, and for a bridged token under no limit nothing else: `limited` counts that chain's tokens under a limit.
    struct Peer {
        address bridge;
        bool paused;
        uint32 limited;
    }

    /// @dev What a token that is being created is told.
    struct Making {
        string name;
        string symbol;
        uint8 decimals;
    }

    /// @dev Where a bridged token comes from.
    struct Home {
        address token;
        uint64 chain;
    }

    /// @notice The native coin's place among token addresses.
    address public constant NATIVE = address(0);
    /// @notice A limit under which all that the bridge could release now would take longer is refused.
    uint256 public constant DRAIN_SECONDS_MAX = 7 days;

    /// @notice This chain.
    uint64 public immutable chain;
    bytes32 private immutable bridgedCodeHash;

    mapping(uint64 chain => Peer) internal peerOf;
    mapping(uint64 homeChain => mapping(address homeToken => Local)) internal locals;
    mapping(address token => Home) internal homes;
    mapping(address token => Limit) internal limits;
    /// @inheritdoc ITokenMaker
    Making public making;

    event Paused(uint64 indexed chain, bool paused);
    event PeerBound(uint64 indexed chain, address bridge);
    event HomeRegistered(address indexed token);
    event BridgedRegistered(uint64 indexed homeChain, address indexed homeToken, address token);
    event LimitSet(address indexed token, uint256 capacity, uint256 perSecond);

    error BadPeer(uint64 chain, address bridge);
    error TokenExists(address token);
    error UnknownToken(address token);
    error LimitTooLow(uint256 releasable, uint256 withinMax);

    constructor() {
        chain = uint64(block.chainid);
        bridgedCodeHash = keccak256(type(BridgedToken).creationCode);
    }

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
        making = Making(name, symbol, decimals);
        token = address(new BridgedToken{salt: _saltOf(homeChain, homeToken)}());
        delete making;
        locals[homeChain][homeToken] = Local(token, true, false);
        homes[token] = Home(homeToken, homeChain);
        emit BridgedRegistered(homeChain, homeToken, token);
    }

    /// @notice Limits how fast a token is released here; what is over waits, nothing is dropped.
    /// @dev All that is there now must be releasable within `DRAIN_SECONDS_MAX`: the supply of a bridged token, the bridge's
    /// balance of another. What arrives later may still add up to a longer wait, and the limit can be raised then.
    /// @param capacity amount that may go at once; 0 for no limit, which also frees what waits
    function setLimit(address token, uint256 capacity, uint256 perSecond) external onlyAdmin {
        (uint64 homeChain, address homeToken) = homeOf(token);
        if (!locals[homeChain][homeToken].isKnown) revert UnknownToken(token);
        if (capacity != 0) _checkDrains(token, homeChain, capacity, perSecond);
        Local storage local = locals[homeChain][homeToken];
        if (homeChain != chain && local.isLimited != (capacity != 0)) {
            if (local.isLimited) peerOf[homeChain].limited--;
            else peerOf[homeChain].limited++;
        }
        local.isLimited = capacity != 0;
        limits[token].set(capacity, perSecond);
        emit LimitSet(token, capacity, perSecond);
    }

    /// @notice Stops or resumes the traffic with a chain: nothing leaves for it, and what it brings waits.
    function setPaused(uint64 chain_, bool paused) external onlyGuardian {
        peerOf[chain_].paused = paused;
        emit Paused(chain_, paused);
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

    /// One look at storage, and no memory: this is on the way of every arrival.
    function _readPeer(uint64 chain_) internal view returns (address bridge, bool paused, bool isAnyLimited) {
        Peer storage peer = peerOf[chain_];
        assembly ("memory-safe") {
            let word := sload(peer.slot)
            bridge := shr(96, shl(96, word))
            paused := and(shr(160, word), 1)
            isAnyLimited := iszero(iszero(shr(168, word)))
        }
    }

    /// Where a bridged token is, without a look at storage (EIP-1014).
    function _findBridged(uint64 homeChain, address homeToken) internal view returns (address token) {
        bytes32 salt = _saltOf(homeChain, homeToken);
        bytes32 codeHash = bridgedCodeHash;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, address())
            mstore8(add(m, 11), 0xff)
            mstore(add(m, 32), salt)
            mstore(add(m, 64), codeHash)
            token := shr(96, shl(96, keccak256(add(m, 11), 85)))
        }
        if (token.code.length == 0) revert UnknownToken(homeToken);
    }

    function _saltOf(uint64 homeChain, address homeToken) private pure returns (bytes32 salt) {
        assembly ("memory-safe") {
            mstore(0, homeChain)
            mstore(32, homeToken)
            salt := keccak256(0, 64)
        }
    }

    function _checkDrains(address token, uint64 homeChain, uint256 capacity, uint256 perSecond) private view {
        uint256 releasable;
        if (homeChain != chain) releasable = IERC20(token).totalSupply();
        else if (token == NATIVE) releasable = address(this).balance;
        else releasable = IERC20(token).balanceOf(address(this));
        if (releasable <= capacity || perSecond > type(uint256).max / DRAIN_SECONDS_MAX) return;
        if (releasable - capacity > perSecond * DRAIN_SECONDS_MAX) {
            revert LimitTooLow(releasable - capacity, perSecond * DRAIN_SECONDS_MAX);
        }
    }
}
