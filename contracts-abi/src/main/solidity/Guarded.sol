// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A pause switch, and an administrator for one-time set-up
abstract contract Guarded {
    /// @notice Who sets up once and hands over the guard.
    address public admin;
    /// @notice Who may pause and resume.
    address public guardian;
    /// @notice Whether this contract is paused: nothing is lost, things wait.
    bool public paused;

    event Paused(bool paused);
    event GuardianChanged(address guardian);
    event AdminChanged(address admin);

    error OnlyAdmin(address caller);
    error OnlyGuardian(address caller);
    error IsPaused();

    constructor(address guardian_) {
        admin = msg.sender;
        guardian = guardian_;
    }

    modifier onlyAdmin() {
        if (msg.sender != admin) revert OnlyAdmin(msg.sender);
        _;
    }

    modifier whenNotPaused() {
        if (paused) revert IsPaused();
        _;
    }

    /// @notice Stops or resumes.
    function setPaused(bool paused_) external {
        if (msg.sender != guardian) revert OnlyGuardian(msg.sender);
        paused = paused_;
        emit Paused(paused_);
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
