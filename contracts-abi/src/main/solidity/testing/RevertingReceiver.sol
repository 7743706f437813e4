// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITokenReceiver} from "../Interfaces.sol";

/// @title A recipient that refuses everything, for test networks
contract RevertingReceiver is ITokenReceiver {
    error IRefuse();

    /// @inheritdoc ITokenReceiver
    function onTokenReceived(address, uint256, uint64, address, bytes calldata) external pure {
        revert IRefuse();
    }
}
