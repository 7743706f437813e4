// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Inbox} from "mallard/Inbox.sol";
import {IMessageReceiver, IReceiptReceiver, ITokenReceiver} from "mallard/Interfaces.sol";
import {TokenBridge} from "mallard/TokenBridge.sol";
import {Certificate, Entry} from "mallard/Types.sol";

/// @dev Remembers what it was given.
contract Recorder is IMessageReceiver, IReceiptReceiver, ITokenReceiver {
    uint64[] public indexes;
    bytes[] public payloads;
    address public lastSender;
    uint256 public gasGiven;
    uint64[] public receipts;
    uint8 public lastOutcome;
    uint256 public tokensReceived;

    function onMessageDelivered(uint64, uint64 index, address sender, bytes calldata payload) external {
        gasGiven = gasleft();
        indexes.push(index);
        payloads.push(payload);
        lastSender = sender;
    }

    function onReceipt(uint64, uint64 index, uint8 outcome, bytes calldata payload) external {
        receipts.push(index);
        lastOutcome = outcome;
        payloads.push(payload);
    }

    function onTokenReceived(address, uint256 amount, uint64, address, bytes calldata) external {
        tokensReceived += amount;
    }

    function count() external view returns (uint256) {
        return indexes.length;
    }

    function receiptCount() external view returns (uint256) {
        return receipts.length;
    }
}

/// @dev Refuses with a huge reason.
contract HugeReason is IMessageReceiver {
    function onMessageDelivered(uint64, uint64, address, bytes calldata) external pure {
        assembly {
            revert(0, 100000)
        }
    }
}

/// @dev Succeeds with a huge answer.
contract HugeAnswer is IMessageReceiver {
    function onMessageDelivered(uint64, uint64, address, bytes calldata) external pure {
        assembly {
            return(0, 100000)
        }
    }
}

/// @dev Burns all gas it is given.
contract Burner is IMessageReceiver {
    function onMessageDelivered(uint64, uint64, address, bytes calldata) external pure {
        assembly {
            invalid()
        }
    }
}

/// @dev Tries to deliver again while it is being delivered to.
contract Reenterer is IMessageReceiver {
    bytes public call;
    Inbox public inbox;
    bool public wasRefused;

    function arm(Inbox inbox_, uint64 source, Entry[] calldata entries, Certificate calldata c) external {
        inbox = inbox_;
        call = abi.encodeCall(Inbox.deliver, (source, entries, c, address(this)));
    }

    function onMessageDelivered(uint64, uint64, address, bytes calldata) external {
        (bool ok, bytes memory reason) = address(inbox).call(call);
        wasRefused = !ok && bytes4(reason) == Inbox.Reentered.selector;
    }
}

/// @dev An application that refuses receipts until it is told not to.
contract StubbornSender is IReceiptReceiver {
    bool public willing;
    uint256 public receipts;

    function setWilling() external {
        willing = true;
    }

    function onReceipt(uint64, uint64, uint8, bytes calldata) external {
        require(willing, "not yet");
        receipts++;
    }
}

/// @dev Takes native coins only when told so.
contract PickyWallet {
    bool public willing;

    function setWilling() external {
        willing = true;
    }

    function send(TokenBridge bridge, uint64 destination, uint256 amount, uint64 deadline) external payable {
        bridge.send{value: msg.value}(address(0), destination, address(this), amount, deadline, 200_000, false, "");
    }

    receive() external payable {
        require(willing, "not yet");
    }
}
