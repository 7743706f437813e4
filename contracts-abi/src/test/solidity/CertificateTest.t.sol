// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EcdsaCertificateVerifier} from "mallard/EcdsaCertificateVerifier.sol";
import {EcdsaStakeTable} from "mallard/EcdsaStakeTable.sol";
import {Inbox} from "mallard/Inbox.sol";
import {Certificate, Entry} from "mallard/Types.sol";
import {Recorder} from "./Receivers.sol";
import {World} from "./World.sol";

/// [CERT-1] [CERT-2] [DLV-3] Nothing but a certificate by enough stake of the right validators moves anything.
contract CertificateTest is World {
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    Recorder private recorder;

    function setUp() public override {
        super.setUp();
        recorder = new Recorder();
        a.outbox.send(B, address(recorder), GAS, 0, 0, "hello");
    }

    function one() private returns (Entry[] memory) {
        return entriesOf(A, 1, 1);
    }

    function refused(Entry[] memory entries, Certificate memory c, bytes memory reason) private {
        vm.expectRevert(reason);
        b.inbox.deliver(A, entries, c, PAYOUT);
        (uint64 count,,,) = b.inbox.stream(A);
        assertEq(count, 0);
        assertEq(recorder.count(), 0);
    }

    /// The digest is EIP-712, so that wallets and hardware can show it: recomputed here from its words.
    function test_digestIsTypedData() public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Mallard"),
                keccak256("1"),
                uint256(B),
                address(b.inbox)
            )
        );
        bytes32 attestation = keccak256(
            abi.encode(
                keccak256(
                    "Attestation(uint64 source,uint64 destination,uint64 epoch,uint64 sequence,uint64 count,bytes32 acc,bytes32 header)"
                ),
                A, B, uint64(2), uint64(3), uint64(4), bytes32(uint256(5)), bytes32(uint256(6))
            )
        );
        assertEq(
            b.inbox.attestationDigest(A, 2, 3, 4, bytes32(uint256(5)), bytes32(uint256(6))),
            keccak256(abi.encodePacked(hex"1901", domain, attestation))
        );
    }

    /// [CERT-2] Exactly the sets that hold total − u stake certify: 40+30, 40+20+10, and what contains them.
    function testFuzz_everySetOfSignersCountsItsStake(uint256 mask) public {
        mask = bound(mask, 0, 15);
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, mask);
        uint256 stake;
        for (uint256 i = 0; i < 4; i++) if (mask & (1 << i) != 0) stake += stakes[i];
        if (stake >= 100 ether - faulty) {
            b.inbox.deliver(A, entries, c, PAYOUT);
            assertEq(recorder.count(), 1);
        } else {
            refused(entries, c, abi.encodeWithSelector(Inbox.NotEnoughStake.selector, stake, 100 ether - faulty));
        }
    }

    function test_malleableSignatureIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        // The other s that signs the same, with the other parity; EIP-2098 has room for it only while it is < 2^255,
        // so what is left of it here must be refused too.
        uint256 vs;
        bytes memory signatures = c.signatures;
        assembly {
            vs := mload(add(signatures, 64))
        }
        uint256 s = ORDER - (vs & (type(uint256).max >> 1));
        uint256 flipped = (s & (type(uint256).max >> 1)) | ((vs ^ (1 << 255)) & (1 << 255));
        assembly {
            mstore(add(signatures, 64), flipped)
        }
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
    }

    /// A high s that fits 255 bits recovers to the right key, and is refused for its form alone.
    function test_highSIsRefusedThoughItRecovers() public {
        uint256 half = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
        bytes32 digest = keccak256("anything");
        bytes32 r = bytes32(uint256(0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798));
        uint256 s = half + 1;
        address signer = ecrecover(digest, 27, r, bytes32(s));
        assertTrue(signer != address(0));
        address[] memory table = new address[](1);
        table[0] = signer;
        uint96[] memory stake = new uint96[](1);
        stake[0] = 1;
        EcdsaStakeTable t = EcdsaStakeTable(address(verifier.storeTable(table, stake)));
        vm.expectRevert(EcdsaStakeTable.WrongSigner.selector);
        t.signedStake(digest, hex"01", abi.encodePacked(r, s));
        address low = ecrecover(digest, 27, r, bytes32(half));
        table[0] = low;
        t = EcdsaStakeTable(address(verifier.storeTable(table, stake)));
        assertEq(t.signedStake(digest, hex"01", abi.encodePacked(r, half)), 1);
    }

    /// Whatever one byte of a certificate is changed to, it is refused.
    function testFuzz_anyFlippedBitOfASignatureIsRefused(uint256 place, uint8 change) public {
        change = uint8(bound(change, 1, 255));
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        place = bound(place, 0, c.signatures.length - 1);
        c.signatures[place] = c.signatures[place] ^ bytes1(change);
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
    }

    function test_repeatedSignatureIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, 1);
        c.signatures = abi.encodePacked(c.signatures, c.signatures);
        c.signers = hex"03";
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
        c.signers = hex"01";
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSignatureCount.selector, 128, 64));
    }

    function test_unsortedSignaturesAreRefused() public {
        Entry[] memory entries = one();
        bytes32 digest = b.inbox.attestationDigest(A, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        Certificate memory c = Certificate(
            EPOCH, 1, bytes32(0), hex"03", abi.encodePacked(compact(keys[1], digest), compact(keys[0], digest))
        );
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
    }

    function testFuzz_strangersAreRefused(uint256 stranger) public {
        stranger = bound(stranger, 1, ORDER - 1);
        vm.assume(stranger != keys[0]);
        Entry[] memory entries = one();
        bytes32 digest = b.inbox.attestationDigest(A, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        Certificate memory c = Certificate(
            EPOCH, 1, bytes32(0), hex"03", abi.encodePacked(compact(stranger, digest), compact(keys[1], digest))
        );
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
    }

    function test_signersBeyondTheTableAreRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        c.signers = hex"1f";
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.SignersBeyondTable.selector, 1, 4));
        c.signers = hex"0f00";
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.SignersBeyondTable.selector, 2, 4));
    }

    function testFuzz_wrongNumberOfSignatureBytesIsRefused(uint256 length) public {
        length = bound(length, 0, 400);
        vm.assume(length != 256);
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        bytes memory cut = new bytes(length);
        for (uint256 i = 0; i < length && i < 256; i++) cut[i] = c.signatures[i];
        c.signatures = cut;
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSignatureCount.selector, length, 256));
    }

    function test_wrongEpochIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        c.epoch = 2;
        refused(entries, c, abi.encodeWithSelector(Inbox.WrongEpoch.selector, 1, 2));
    }

    /// What was signed for another chain, Inbox or stream is signed for nothing here.
    function test_certificateForAnotherInboxIsRefused() public {
        Entry[] memory entries = one();
        bytes32[4] memory digests;
        vm.chainId(B);
        Inbox twin = deployInbox(b.outbox);
        digests[0] = twin.attestationDigest(A, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        digests[1] = a.inbox.attestationDigest(A, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        digests[2] = b.inbox.attestationDigest(7, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        digests[3] = b.inbox.attestationDigest(A, EPOCH, 1, 2, accOf(A, 1), bytes32(0));
        for (uint256 i = 0; i < 4; i++) {
            Certificate memory c = Certificate(EPOCH, 1, bytes32(0), "", "");
            (c.signers, c.signatures) = sign(digests[i], ALL);
            refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
        }
    }

    /// Bundle numbers and boundaries are signed too.
    function test_forgedSequenceOrHeaderIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        c.sequence++;
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
        c.sequence--;
        c.header = ~c.header;
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
    }

    /// [OUT-1] Whatever field of an entry is changed, its certificate does not cover it.
    function testFuzz_anyChangedFieldIsRefused(uint256 field, uint256 change) public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        Entry memory e = entries[0];
        field = bound(field, 0, 6);
        if (field == 0) e.sender = address(uint160(e.sender) ^ uint160(bound(change, 1, type(uint160).max)));
        if (field == 1) e.recipient = address(uint160(e.recipient) ^ uint160(bound(change, 1, type(uint160).max)));
        if (field == 2) e.gasLimit ^= uint32(bound(change, 1, type(uint32).max));
        if (field == 3) e.flags ^= uint8(bound(change, 1, type(uint8).max));
        if (field == 4) e.deadline ^= uint64(bound(change, 1, type(uint64).max));
        if (field == 5) e.fee ^= uint96(bound(change, 1, type(uint96).max));
        if (field == 6) e.payload = abi.encode(change);
        refused(entries, c, abi.encodeWithSelector(EcdsaStakeTable.WrongSigner.selector));
    }

    function test_unknownSourceIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        vm.expectRevert(abi.encodeWithSelector(Inbox.UnknownSource.selector, 7));
        b.inbox.deliver(7, entries, c, PAYOUT);
    }

    // --- tables ---

    function testFuzz_tablesAreReadBackAsStored(uint256 n, uint256 seed) public {
        n = bound(n, 1, 60);
        address[] memory table = new address[](n);
        uint96[] memory stake = new uint96[](n);
        for (uint256 i = 0; i < n; i++) {
            table[i] = address(uint160(uint256(keccak256(abi.encode(seed, i)))));
            stake[i] = uint96(uint256(keccak256(abi.encode(i, seed))));
        }
        (address[] memory k, uint96[] memory s) = verifier.storeTable(table, stake).validators();
        assertEq(keccak256(abi.encode(k, s)), keccak256(abi.encode(table, stake)));
    }

    /// The largest table fits a contract and a block.
    function test_largestTableCanBeStored() public {
        (address[] memory table, uint96[] memory stake) = tableOf(700);
        uint256 before = gasleft();
        address stored = address(verifier.storeTable(table, stake));
        assertLt(before - gasleft(), 25_000_000);
        assertLt(stored.code.length, 24_577);
    }

    function test_badTablesAreRefused() public {
        (address[] memory table, uint96[] memory stake) = tableOf(701);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificateVerifier.TableEmptyOrTooLarge.selector, 701, 700));
        verifier.storeTable(table, stake);
        (table, stake) = tableOf(0);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificateVerifier.TableEmptyOrTooLarge.selector, 0, 700));
        verifier.storeTable(table, stake);
        (table, stake) = tableOf(5);
        table[4] = table[1];
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificateVerifier.BadKey.selector, 4));
        verifier.storeTable(table, stake);
        table[4] = address(0);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificateVerifier.BadKey.selector, 4));
        verifier.storeTable(table, stake);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificateVerifier.LengthsDiffer.selector, 5, 4));
        verifier.storeTable(table, new uint96[](4));
    }

    function test_unsoundFaultModelsAreRefused() public {
        (address[] memory table, uint96[] memory stake) = tableOf(4);
        vm.chainId(B);
        Inbox inbox = deployInbox(b.outbox);
        // total 4: u = r = 1 is the most; u = 1, r = 2 lies more than it fails.
        vm.expectRevert(abi.encodeWithSelector(Inbox.UnsoundFaultModel.selector, 4, 2, 0));
        inbox.addSource(9, 1, table, stake, 2, 0);
        vm.expectRevert(abi.encodeWithSelector(Inbox.UnsoundFaultModel.selector, 4, 1, 2));
        inbox.addSource(9, 1, table, stake, 1, 2);
        inbox.addSource(9, 1, table, stake, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(Inbox.SourceExists.selector, 9));
        inbox.addSource(9, 1, table, stake, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(Inbox.SourceExists.selector, B));
        inbox.addSource(B, 1, table, stake, 1, 1);
    }

    function tableOf(uint256 n) private pure returns (address[] memory table, uint96[] memory stake) {
        table = new address[](n);
        stake = new uint96[](n);
        for (uint256 i = 0; i < n; i++) (table[i], stake[i]) = (address(uint160(i + 1000)), 1);
    }
}
