// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What the contracts of two chains tell each other ([DLV-4])
/// @notice Packed, so that nothing that may arrive can make its reading revert: it is well formed or it is refused.
///
/// Outcomes: `01`, first index (8), payout (20), fees (32), then a byte for each entry.
/// Refund: `02`, index (8), outcome (1), sender (20), then the payload that was sent.
library SystemPayload {
    uint8 internal constant OUTCOMES = 1;
    uint8 internal constant REFUND = 2;
    uint256 private constant OUTCOMES_BYTES_MIN = 61;
    uint256 private constant REFUND_BYTES_MIN = 30;

    /// @notice The kind of a payload; 0 for one that is malformed or not known.
    function kindOf(bytes calldata payload) internal pure returns (uint8) {
        if (payload.length == 0) return 0;
        uint8 kind = uint8(payload[0]);
        if (kind == OUTCOMES && payload.length > OUTCOMES_BYTES_MIN) return kind;
        if (kind == REFUND && payload.length >= REFUND_BYTES_MIN) return kind;
        return 0;
    }

    function encodeOutcomes(uint64 first, bytes memory outcomes, address payout, uint256 fees)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(OUTCOMES, first, payout, fees, outcomes);
    }

    function decodeOutcomes(bytes calldata payload)
        internal
        pure
        returns (uint64 first, bytes calldata outcomes, address payout, uint256 fees)
    {
        first = uint64(bytes8(payload[1:9]));
        payout = address(bytes20(payload[9:29]));
        fees = uint256(bytes32(payload[29:61]));
        outcomes = payload[61:];
    }

    function encodeRefund(uint64 index, uint8 outcome, address sender, bytes calldata sent)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(REFUND, index, outcome, sender, sent);
    }

    function decodeRefund(bytes calldata payload)
        internal
        pure
        returns (uint64 index, uint8 outcome, address sender, bytes calldata sent)
    {
        index = uint64(bytes8(payload[1:9]));
        outcome = uint8(payload[9]);
        sender = address(bytes20(payload[10:30]));
        sent = payload[30:];
    }
}
