// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {EcdsaCertificates} from "mallard/EcdsaCertificates.sol";
import {Certificate} from "mallard/Types.sol";

/// @dev Checks a certificate amid other memory, twice, and sees that the memory is as it was.
contract Checker is EcdsaCertificates {
    function store(uint64 epoch, uint96 needed, address[] calldata keys, uint96[] calldata stakes)
        external
        returns (address)
    {
        return _storeTable(epoch, needed, keys, stakes);
    }

    function verify(address table, bytes32 digest, Certificate calldata certificate) external view {
        bytes memory before = abi.encode(digest, certificate.signers);
        _verify(table, digest, certificate);
        bytes memory between = new bytes(300);
        bytes[] memory empty = new bytes[](2);
        _verify(table, digest, certificate);
        bytes memory last = abi.encode(certificate.signers);
        require(keccak256(before) == keccak256(abi.encode(digest, certificate.signers)), "memory before");
        require(keccak256(between) == keccak256(new bytes(300)), "memory between");
        require(empty[0].length == 0 && empty[1].length == 0, "what is empty");
        require(keccak256(last) == keccak256(abi.encode(certificate.signers)), "memory after");
    }
}

/// [CERT-2] The loops in assembly and a plain reading of the rules agree on every certificate, good or bad.
contract CertificateReferenceTest is Test {
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 private constant HALF_ORDER = ORDER / 2;

    Checker private checker = new Checker();
    address[] private keys;
    uint96[] private stakes;
    bytes private signers;
    bytes private signatures;
    uint256 private signed;

    /// At most one thing is wrong, so that no mistake hides another.
    function testFuzz_agreesWithThePlainReading(uint256 seed, uint256 n, uint8 wrong) public {
        n = bound(n, 1, 140);
        wrong = uint8(bound(wrong, 0, 11));
        bytes32 digest = keccak256(abi.encode(seed));
        uint256 density = 1 + uint256(keccak256(abi.encode(seed, "density"))) % 4;
        uint256 target = uint256(keccak256(abi.encode(seed, "target"))) % n;
        signers = new bytes((n + 3) / 4);
        for (uint256 i = 0; i < n; i++) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            keys.push(vm.addr(i + 1));
            // Some have no stake at all: they may sign, and count nothing.
            stakes.push(random % 5 == 0 ? 0 : uint96(random >> 168));
            if (i == target || (random >> 8) % 4 < density) sign(i, digest, i == target ? wrong : 0);
        }
        if (wrong == 8) signatures = bytes.concat(signatures, bytes1(0));
        if (wrong == 9) signers = bytes.concat(signers, bytes1(0));
        uint96 needed = uint96(wrong == 10 ? signed + 1 : signed);
        address table = checker.store(5, needed, keys, stakes);
        Certificate memory c = Certificate(wrong == 11 ? 6 : 5, 1, 0, signers, signatures);
        bool holds = read(digest, c, needed);
        assertEq(holds, wrong == 0, "at most one thing is wrong");
        try checker.verify(table, digest, c) {
            assertTrue(holds, "taken");
        } catch {
            assertFalse(holds, "refused");
        }
    }

    function sign(uint256 i, bytes32 digest, uint8 wrong) private {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(wrong == 1 ? i + 2 : i + 1, wrong == 2 ? ~digest : digest);
        if (wrong == 3) (v, s) = (v ^ 7, bytes32(ORDER - uint256(s)));
        if (wrong == 4) v ^= 7;
        if (wrong == 5) v = 26;
        if (wrong == 6) r = 0;
        if (wrong == 7) s = 0;
        uint256 shift = 6 - 2 * (i % 4);
        signers[i / 4] = bytes1(uint8(signers[i / 4]) | uint8((v - 25) << shift));
        signatures = bytes.concat(signatures, r, s);
        signed += stakes[i];
    }

    /// The rules, as slowly as can be.
    function read(bytes32 digest, Certificate memory c, uint256 needed) private view returns (bool) {
        if (c.epoch != 5 || c.signers.length > (keys.length + 3) / 4) return false;
        uint256 stake;
        uint256 at;
        for (uint256 i = 0; i < 4 * c.signers.length; i++) {
            uint8 code = (uint8(c.signers[i / 4]) >> (6 - 2 * (i % 4))) & 3;
            if (code == 0) continue;
            if (code == 1 || i >= keys.length || c.signatures.length < at + 64) return false;
            (bytes32 r, bytes32 s) = (wordAt(c.signatures, at), wordAt(c.signatures, at + 32));
            address signer = ecrecover(digest, code + 25, r, s);
            if (signer == address(0) || signer != keys[i] || uint256(s) > HALF_ORDER) return false;
            stake += stakes[i];
            at += 64;
        }
        return at == c.signatures.length && stake >= needed;
    }

    function wordAt(bytes memory data, uint256 at) private pure returns (bytes32 word) {
        assembly {
            word := mload(add(add(data, 32), at))
        }
    }
}
