// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who validates here, with what stake, key and address
/// @notice Whoever registers waits until an epoch takes it up; who waits may leave with its stake, at once.
contract StakeRegistry {
    /// @param bridgeKey account of the key that signs attestations and acks
    /// @param payout whom fees are credited to
    /// @param stake wei bonded
    /// @param tlsKey SHA-256 of the TLS public key, which peers pin
    /// @param endpoint host and port
    struct Validator {
        address bridgeKey;
        address payout;
        uint96 stake;
        bytes32 tlsKey;
        string endpoint;
    }

    /// @dev Where a validator is listed.
    struct Place {
        uint64 epoch;
        uint64 index;
    }

    /// @notice Longest endpoint, bytes.
    uint256 public constant ENDPOINT_BYTES_MAX = 259;
    /// @notice Validators of an epoch at the most.
    uint256 public constant VALIDATORS_MAX = 700;

    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
    bytes32 private constant KEY_PROOF_TYPE = keccak256("KeyProof(address owner,address bridgeKey)");

    /// @notice Who activates the first epoch.
    address public immutable admin;
    /// @notice The epoch in force; 0 before activation.
    uint64 public epoch;
    uint256 private faultU;
    uint256 private faultR;
    /// @dev Of each epoch who is in it; who waits is in the list of the next one. Nobody is moved when it begins, for that
    /// would not fit a block.
    mapping(uint64 epoch => Validator[]) private members;
    /// @notice Who bonded for a bridge key.
    mapping(address bridgeKey => address owner) public ownerOf;
    mapping(address bridgeKey => Place) private placeOf;

    event Registered(
        address indexed owner, address indexed bridgeKey, address payout, uint96 stake, bytes32 tlsKey, string endpoint
    );
    event EndpointUpdated(address indexed bridgeKey, bytes32 tlsKey, string endpoint);
    event Left(address indexed bridgeKey, uint96 stake);
    event Activated(uint64 epoch, uint256 validators, uint256 total, uint256 u, uint256 r);

    error AlreadyRegistered(address bridgeKey);
    error NoStake();
    error StakeTooLarge(uint256 stake);
    error EndpointTooLong(uint256 bytesGiven, uint256 bytesMax);
    error WrongKeyProof(address bridgeKey);
    error OnlyAdmin(address caller);
    error OnlyOwner(address bridgeKey, address caller);
    error AlreadyActive(uint64 epoch);
    error NotPending(address bridgeKey);
    error TooManyValidators(uint256 max);
    error UnknownEpoch(uint64 epoch);
    error PaymentFailed(address to);

    constructor() {
        admin = msg.sender;
    }

    /// @notice Bonds msg.value as the stake of a bridge key.
    /// @param keyProof the bridge key's signature of `keyProofDigest`, 64 bytes (EIP-2098)
    function register(
        address bridgeKey,
        address payout,
        bytes32 tlsKey,
        string calldata endpoint,
        bytes calldata keyProof
    ) external payable {
        if (ownerOf[bridgeKey] != address(0)) revert AlreadyRegistered(bridgeKey);
        if (msg.value == 0) revert NoStake();
        if (msg.value > type(uint96).max) revert StakeTooLarge(msg.value);
        _checkEndpoint(endpoint);
        Validator[] storage pending = members[epoch + 1];
        if (pending.length >= VALIDATORS_MAX) revert TooManyValidators(VALIDATORS_MAX);
        if (!_isProven(msg.sender, bridgeKey, keyProof)) revert WrongKeyProof(bridgeKey);
        ownerOf[bridgeKey] = msg.sender;
        placeOf[bridgeKey] = Place(epoch + 1, uint64(pending.length));
        pending.push(Validator(bridgeKey, payout, uint96(msg.value), tlsKey, endpoint));
        emit Registered(msg.sender, bridgeKey, payout, uint96(msg.value), tlsKey, endpoint);
    }

    /// @notice Changes where a validator is reached and how it proves itself there.
    function updateEndpoint(address bridgeKey, bytes32 tlsKey, string calldata endpoint) external {
        if (ownerOf[bridgeKey] != msg.sender) revert OnlyOwner(bridgeKey, msg.sender);
        _checkEndpoint(endpoint);
        Place memory place = placeOf[bridgeKey];
        Validator storage v = members[place.epoch][place.index];
        (v.tlsKey, v.endpoint) = (tlsKey, endpoint);
        emit EndpointUpdated(bridgeKey, tlsKey, endpoint);
    }

    /// @notice Takes back a registration that no epoch has taken up, and its stake.
    function withdraw(address bridgeKey) external {
        if (ownerOf[bridgeKey] != msg.sender) revert OnlyOwner(bridgeKey, msg.sender);
        if (isActive(bridgeKey)) revert NotPending(bridgeKey);
        Validator[] storage pending = members[epoch + 1];
        uint64 index = placeOf[bridgeKey].index;
        uint96 stake = pending[index].stake;
        uint256 last = pending.length - 1;
        if (index != last) {
            pending[index] = pending[last];
            placeOf[pending[index].bridgeKey].index = index;
        }
        pending.pop();
        delete placeOf[bridgeKey];
        delete ownerOf[bridgeKey];
        emit Left(bridgeKey, stake);
        (bool ok,) = msg.sender.call{value: stake}("");
        if (!ok) revert PaymentFailed(msg.sender);
    }

    /// @notice Who waits for an epoch.
    function waiting() external view returns (Validator[] memory validators) {
        return members[epoch + 1];
    }

    /// @notice Whether a bridge key belongs to the epoch in force.
    function isActive(address bridgeKey) public view returns (bool) {
        uint64 listed = placeOf[bridgeKey].epoch;
        return listed != 0 && listed == epoch;
    }

    /// @notice Fixes the first epoch with all who registered; BFT fault model: a third may fail or lie.
    function activate() external {
        if (msg.sender != admin) revert OnlyAdmin(msg.sender);
        if (epoch != 0) revert AlreadyActive(epoch);
        Validator[] storage active = members[1];
        uint256 total = 0;
        for (uint256 i = 0; i < active.length; i++) total += active[i].stake;
        if (total == 0) revert NoStake();
        faultU = (total - 1) / 3;
        faultR = faultU;
        epoch = 1;
        emit Activated(1, active.length, total, faultU, faultR);
    }

    /// @notice The stake table of an epoch, with its fault model.
    function table(uint64 epoch_) external view returns (Validator[] memory validators, uint256 u, uint256 r) {
        if (epoch_ == 0 || epoch_ != epoch) revert UnknownEpoch(epoch_);
        return (members[epoch_], faultU, faultR);
    }

    /// @notice What a bridge key signs to show that it agrees to be registered by an owner.
    function keyProofDigest(address owner, address bridgeKey) public view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Mallard"),
                keccak256("1"),
                block.chainid,
                address(this)
            )
        );
        return keccak256(
            abi.encodePacked(hex"1901", domain, keccak256(abi.encode(KEY_PROOF_TYPE, owner, bridgeKey)))
        );
    }

    function _checkEndpoint(string calldata endpoint) private pure {
        uint256 given = bytes(endpoint).length;
        if (given > ENDPOINT_BYTES_MAX) revert EndpointTooLong(given, ENDPOINT_BYTES_MAX);
    }

    function _isProven(address owner, address bridgeKey, bytes calldata proof) private view returns (bool) {
        if (proof.length != 64 || bridgeKey == address(0)) return false;
        bytes32 r = bytes32(proof[0:32]);
        uint256 vs = uint256(bytes32(proof[32:64]));
        bytes32 s = bytes32(vs & (type(uint256).max >> 1));
        if (uint256(s) > HALF_ORDER) return false;
        return ecrecover(keyProofDigest(owner, bridgeKey), uint8((vs >> 255) + 27), r, s) == bridgeKey;
    }
}
