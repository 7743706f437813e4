// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice One cross-chain message; all fields enter the entry hash ([OUT-1]).
/// @param index 1, 2, 3 … within its stream
/// @param sender who sent it on the source
/// @param recipient whom the Inbox calls on the destination
/// @param gasLimit gas that the recipient gets, no more and no less
/// @param flags `FLAG_RECEIPT`, `FLAG_REFUND`, `FLAG_SYSTEM`
/// @param deadline executed only while the destination's block time is not beyond it, in seconds; 0 for none
/// @param fee wei, held on the source for whoever executes it
/// @param payload opaque to the bridge
struct Entry {
    uint64 index;
    address sender;
    address recipient;
    uint32 gasLimit;
    uint8 flags;
    uint64 deadline;
    uint96 fee;
    bytes payload;
}

/// @notice Signatures of source validators under an attestation ([CERT-2]).
/// @param epoch whose stake table the signers belong to
/// @param sequence number of the last bundle covered
/// @param header hash of that bundle's header; opaque here
/// @param signers two bits for each validator, from the highest of the first byte on: 00 has not signed, 10 and 11 have
/// signed, with an even or an odd point (v of 27 or 28)
/// @param signatures r and s, 32 bytes each, ascending by validator
struct Certificate {
    uint64 epoch;
    uint64 sequence;
    bytes32 header;
    bytes signers;
    bytes signatures;
}

// Flag: the sender wants the outcome, and is told of a failure or an expiry ([DLV-4]).
uint8 constant FLAG_RECEIPT = 0x01;
// Flag: the sender is told of a failure or an expiry, and of nothing else: cheaper to deliver ([DLV-4]).
uint8 constant FLAG_REFUND = 0x02;
// Flag: written by the bridge contracts themselves.
uint8 constant FLAG_SYSTEM = 0x80;

// Outcomes of an entry.
uint8 constant EXECUTED = 1;
uint8 constant FAILED = 2;
uint8 constant EXPIRED = 3;
