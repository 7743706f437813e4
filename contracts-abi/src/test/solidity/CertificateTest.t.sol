// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Certificates} from "mallard/Certificates.sol";
import {EcdsaCertificates} from "mallard/EcdsaCertificates.sol";
import {Inbox} from "mallard/Inbox.sol";
import {Outbox} from "mallard/Outbox.sol";
import {Certificate, Entry} from "mallard/Types.sol";
import {Recorder} from "./Receivers.sol";
import {World} from "./World.sol";

/// @dev The tables and checks of an Inbox, and nothing else of it.
contract Tables is EcdsaCertificates {
    function store(uint64 epoch, uint96 needed, address[] calldata keys, uint96[] calldata stakes)
        external
        returns (address)
    {
        return _storeTable(epoch, needed, keys, stakes);
    }

    function read(address table) external view returns (uint64, address[] memory, uint96[] memory) {
        return _readTable(table);
    }

    function verify(address table, bytes32 digest, bytes calldata signers, bytes calldata signatures) external view {
        this.verify(table, digest, Certificate(1, 1, 0, signers, signatures));
    }

    function verify(address table, bytes32 digest, Certificate calldata certificate) external view {
        _verify(table, digest, certificate);
    }
}

/// [CERT-1] [CERT-2] [DLV-3] Nothing but a certificate by enough stake of the right validators moves anything.
contract CertificateTest is World {
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    Recorder private recorder;
    Tables private tables;

    function setUp() public override {
        super.setUp();
        tables = new Tables();
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
            refused(entries, c, abi.encodeWithSelector(Certificates.NotEnoughStake.selector, stake, 100 ether - faulty));
        }
    }

    /// The other s that signs the same, with the other parity, is refused: a signature has one form.
    function test_malleableSignatureIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        bytes32 digest = b.inbox.attestationDigest(A, EPOCH, c.sequence, 1, accOf(A, 1), c.header);
        for (uint256 i = 0; i < 4; i++) {
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[i], digest);
            bytes32 other = bytes32(ORDER - uint256(s));
            assertEq(ecrecover(digest, v ^ 7, r, other), validators[i], "27 and 28 change places");
            Certificate memory forged = abi.decode(abi.encode(c), (Certificate));
            setCode(forged.signers, i, (v ^ 7) - 25);
            bytes memory signatures = forged.signatures;
            assembly {
                mstore(add(signatures, add(64, mul(64, i))), other)
            }
            refused(entries, forged, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
        }
        b.inbox.checkCertificate(A, digest, c);
    }

    /// The highest s that is taken, and one more, which recovers to the right key and is refused for its form alone.
    function test_highSIsRefusedThoughItRecovers() public {
        uint256 half = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
        bytes32 digest = keccak256("anything");
        bytes32 r = bytes32(uint256(0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798));
        address signer = ecrecover(digest, 27, r, bytes32(half + 1));
        assertTrue(signer != address(0));
        address table = tableOfOne(signer);
        vm.expectRevert(EcdsaCertificates.WrongSigner.selector);
        tables.verify(table, digest, hex"80", abi.encodePacked(r, half + 1));
        tables.verify(tableOfOne(ecrecover(digest, 27, r, bytes32(half))), digest, hex"80", abi.encodePacked(r, half));
    }

    function tableOfOne(address signer) private returns (address) {
        address[] memory table = new address[](1);
        table[0] = signer;
        uint96[] memory stake = new uint96[](1);
        stake[0] = 1;
        return tables.store(1, 1, table, stake);
    }

    /// What the precompile has no answer for is nobody's signature: not the one's before, and not that of the key "27".
    function testFuzz_whatIsNoSignatureIsRefused(uint256 r, uint256 s, uint256 which) public {
        bytes32 digest = keccak256("anything");
        which = bound(which, 0, 2);
        if (which == 0) r = 0;
        if (which == 1) s = 0;
        if (which == 2) r = bound(r, ORDER, type(uint256).max);
        bytes memory good = abi.encodePacked(sigOf(keys[0], digest));
        (address[] memory table, uint96[] memory stake) = tableOf(2);
        (table[0], table[1]) = (validators[0], validators[1]);
        address stored = tables.store(1, 1, table, stake);
        bytes memory signers = new bytes(1);
        setCode(signers, 0, codeOf(keys[0], digest));
        tables.verify(stored, digest, signers, good);
        for (uint8 code = 1; code < 4; code++) {
            setCode(signers, 1, code);
            vm.expectRevert(EcdsaCertificates.WrongSigner.selector);
            tables.verify(stored, digest, signers, abi.encodePacked(good, r, s));
        }
    }

    function sigOf(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s);
    }

    function codeOf(uint256 key, bytes32 digest) private pure returns (uint8) {
        (uint8 v,,) = vm.sign(key, digest);
        return v - 25;
    }

    /// Whatever the validators' codes are changed to, they fit the signatures no more.
    function testFuzz_anyChangedCodeIsRefused(uint8 change) public {
        change = uint8(bound(change, 1, 255));
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, 5);
        c.signers[0] = bytes1(uint8(c.signers[0]) ^ change);
        vm.expectRevert();
        b.inbox.deliver(A, entries, c, PAYOUT);
    }

    /// [CERT-2] Signers are found wherever they are in a table that takes several words of codes.
    function testFuzz_signersAreFoundInALargeTable(uint256 seed, uint256 first) public {
        uint256 n = 270;
        bytes32 digest = keccak256(abi.encode(seed));
        (address[] memory table, uint96[] memory stake) = tableOf(n);
        uint256[4] memory places = [first % 126, 126 + first % 2, 128, 255 + first % 15];
        bytes memory signers = new bytes((n + 3) / 4);
        bytes memory signatures;
        uint96 needed;
        for (uint256 i = 0; i < 4; i++) {
            uint256 key = uint256(keccak256(abi.encode(seed, i))) % ORDER;
            table[places[i]] = vm.addr(key);
            stake[places[i]] = uint96(uint256(keccak256(abi.encode(key))) % 1e24) + 1;
            needed += stake[places[i]];
            setCode(signers, places[i], codeOf(key, digest));
            signatures = abi.encodePacked(signatures, sigOf(key, digest));
        }
        tables.verify(tables.store(1, needed, table, stake), digest, signers, signatures);
        address more = tables.store(1, needed + 1, table, stake);
        vm.expectRevert(abi.encodeWithSelector(Certificates.NotEnoughStake.selector, needed, needed + 1));
        tables.verify(more, digest, signers, signatures);
    }

    /// What lies in call data behind the validators' codes is none of them.
    function test_codesEndWhereTheyEnd() public {
        collect();
        Certificate memory c = certify(A, 1, ALL);
        bytes32 digest = b.inbox.attestationDigest(A, EPOCH, c.sequence, 1, accOf(A, 1), c.header);
        bytes memory call = abi.encodeCall(Inbox.checkCertificate, (A, digest, c));
        // Selector, three words of arguments, five of the certificate, the codes' length, one byte of them.
        uint256 padding = 4 + 32 * 9 + 1;
        for (uint256 i = 0; i < 31; i++) {
            assertEq(call[padding + i], 0);
            call[padding + i] = 0xff;
        }
        (bool ok,) = address(b.inbox).call(call);
        assertTrue(ok);
    }

    /// Whatever one byte of a certificate is changed to, it is refused.
    function testFuzz_anyFlippedBitOfASignatureIsRefused(uint256 place, uint8 change) public {
        change = uint8(bound(change, 1, 255));
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        place = bound(place, 0, c.signatures.length - 1);
        c.signatures[place] = c.signatures[place] ^ bytes1(change);
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
    }

    function test_repeatedSignatureIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, 1);
        c.signatures = abi.encodePacked(c.signatures, c.signatures);
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSignatureCount.selector, 128, 64));
        setCode(c.signers, 1, uint8(c.signers[0]) >> 6);
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
    }

    function test_unsortedSignaturesAreRefused() public {
        Entry[] memory entries = one();
        bytes32 digest = b.inbox.attestationDigest(A, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        Certificate memory c = Certificate(EPOCH, 1, bytes32(0), new bytes(1), "");
        c.signatures = abi.encodePacked(sigOf(keys[1], digest), sigOf(keys[0], digest));
        setCode(c.signers, 0, codeOf(keys[1], digest));
        setCode(c.signers, 1, codeOf(keys[0], digest));
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
    }

    function testFuzz_strangersAreRefused(uint256 stranger) public {
        stranger = bound(stranger, 1, ORDER - 1);
        vm.assume(stranger != keys[0]);
        Entry[] memory entries = one();
        bytes32 digest = b.inbox.attestationDigest(A, EPOCH, 1, 1, accOf(A, 1), bytes32(0));
        Certificate memory c = Certificate(EPOCH, 1, bytes32(0), new bytes(1), "");
        c.signatures = abi.encodePacked(sigOf(stranger, digest), sigOf(keys[1], digest));
        setCode(c.signers, 0, codeOf(stranger, digest));
        setCode(c.signers, 1, codeOf(keys[1], digest));
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
    }

    /// Two wrong signers whose errors add up to nothing are two wrong signers.
    function test_errorsDoNotCancelOut() public {
        bytes32 digest = keccak256("anything");
        (address[] memory table, uint96[] memory stake) = tableOf(2);
        (table[0], table[1]) = (address(uint160(validators[0]) + 1), address(uint160(validators[1]) - 1));
        address stored = tables.store(1, 1, table, stake);
        bytes memory signers = new bytes(1);
        setCode(signers, 0, codeOf(keys[0], digest));
        setCode(signers, 1, codeOf(keys[1], digest));
        vm.expectRevert(EcdsaCertificates.WrongSigner.selector);
        tables.verify(stored, digest, signers, abi.encodePacked(sigOf(keys[0], digest), sigOf(keys[1], digest)));
    }

    function test_signersBeyondTheTableAreRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        c.signers = abi.encodePacked(c.signers, hex"00");
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.SignersBeyondTable.selector, 2, 4));
        // Within the last byte there are no rows but zeros, which no signature and no answer of none equals.
        bytes32 digest = keccak256("anything");
        address stored = tableOfOne(validators[0]);
        bytes memory signers = new bytes(1);
        setCode(signers, 0, codeOf(keys[0], digest));
        bytes memory good = sigOf(keys[0], digest);
        tables.verify(stored, digest, signers, good);
        setCode(signers, 3, codeOf(keys[1], digest));
        vm.expectRevert(EcdsaCertificates.WrongSigner.selector);
        tables.verify(stored, digest, signers, abi.encodePacked(good, sigOf(keys[1], digest)));
        vm.expectRevert(EcdsaCertificates.WrongSigner.selector);
        tables.verify(stored, digest, signers, abi.encodePacked(good, new bytes(64)));
    }

    function testFuzz_wrongNumberOfSignatureBytesIsRefused(uint256 length) public {
        length = bound(length, 0, 400);
        vm.assume(length != 256);
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        bytes memory cut = new bytes(length);
        for (uint256 i = 0; i < length && i < 256; i++) cut[i] = c.signatures[i];
        c.signatures = cut;
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSignatureCount.selector, length, 256));
    }

    function test_wrongEpochIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        c.epoch = 2;
        refused(entries, c, abi.encodeWithSelector(Certificates.WrongEpoch.selector, 1, 2));
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
            refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
        }
    }

    /// Bundle numbers and boundaries are signed too.
    function test_forgedSequenceOrHeaderIsRefused() public {
        Entry[] memory entries = one();
        Certificate memory c = certify(A, 1, ALL);
        c.sequence++;
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
        c.sequence--;
        c.header = ~c.header;
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
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
        refused(entries, c, abi.encodeWithSelector(EcdsaCertificates.WrongSigner.selector));
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
            stake[i] = uint96(uint256(keccak256(abi.encode(i, seed)))) / 64;
        }
        (uint64 epoch, address[] memory k, uint96[] memory s) = tables.read(tables.store(uint64(seed), 1, table, stake));
        assertEq(epoch, uint64(seed));
        assertEq(keccak256(abi.encode(k, s)), keccak256(abi.encode(table, stake)));
    }

    /// The largest table fits a contract and a block.
    function test_largestTableCanBeStored() public {
        (address[] memory table, uint96[] memory stake) = tableOf(700);
        uint256 before = gasleft();
        address stored = tables.store(1, 1, table, stake);
        assertLt(before - gasleft(), 25_000_000);
        assertLt(stored.code.length, 24_577);
    }

    function test_badTablesAreRefused() public {
        (address[] memory table, uint96[] memory stake) = tableOf(701);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificates.TableEmptyOrTooLarge.selector, 701, 700));
        tables.store(1, 1, table, stake);
        (table, stake) = tableOf(0);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificates.TableEmptyOrTooLarge.selector, 0, 700));
        tables.store(1, 1, table, stake);
        (table, stake) = tableOf(5);
        table[4] = table[1];
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificates.BadKey.selector, 4));
        tables.store(1, 1, table, stake);
        // What stands where an answer should be, were there none, can be nobody's key.
        for (uint160 key = 0; key <= 28; key++) {
            table[4] = address(key);
            vm.expectRevert(abi.encodeWithSelector(EcdsaCertificates.BadKey.selector, 4));
            tables.store(1, 1, table, stake);
        }
        table[4] = address(29);
        tables.store(1, 1, table, stake);
        stake[0] = type(uint96).max;
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificates.StakeTooLarge.selector, uint256(type(uint96).max) + 4));
        tables.store(1, 1, table, stake);
        vm.expectRevert(abi.encodeWithSelector(EcdsaCertificates.LengthsDiffer.selector, 5, 4));
        tables.store(1, 1, table, new uint96[](4));
    }

    function test_unsoundFaultModelsAreRefused() public {
        (address[] memory table, uint96[] memory stake) = tableOf(4);
        vm.chainId(B);
        Outbox outbox = Outbox(vm.deployCode("Outbox.sol:Outbox", abi.encode(guardian)));
        Inbox inbox = deployInbox(outbox);
        outbox.setInbox(address(inbox));
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
