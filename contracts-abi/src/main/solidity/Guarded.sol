// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who sets up, and who pauses
/// @notice Neither can move anything: the README's table says what each can do.
abstract contract Guarded {
    /// @notice Who sets up, once each thing, and hands over the guard.
    address public admin;
    /// @notice Who may pause and resume: nothing is lost meanwhile, things wait.
    address public guardian;

    event GuardianChanged(address guardian);
    event AdminChanged(address admin);

    error OnlyAdmin(address caller);
    error OnlyGuardian(address caller);
    error IsPaused();

    constructor(address guardian_) {
        admin = msg.sender;
        guardian = guardian_;
        emit AdminChanged(msg.sender);
        emit GuardianChanged(guardian_);
    }

    modifier onlyAdmin() {
        if (msg.sender != admin) revert OnlyAdmin(msg.sender);
        _;
    }

    modifier onlyGuardian() {
        if (msg.sender != guardian) revert OnlyGuardian(msg.sender);
        _;
    }

    /// @notice Hands the pause switch over.
    function setGuardian(address guardian_) external onlyAdmin {
        guardian = guardian_;
        emit GuardianChanged(guardian_);
    }

    /// @notice Hands the administration over; the zero address ends it.
    function setAdmin(address admin_) external onlyAdmin {
        admin = admin_;
        emit AdminChanged(admin_);
    }
}
