package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mallard.bundle.Blocks;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.utils.Numeric;

/** Against web3j's encoder, which knows nothing of ours. */
class TypedDataTest {
  private static final BridgeAddress INBOX =
      BridgeAddress.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3");
  private static final Attestation ATTESTATION =
      new Attestation(Blocks.STREAM, new Epoch(3), 17, 40, Blocks.hash(0xabc), Blocks.hash(0xdef));

  @Test
  @Tag("CERT-1")
  void attestationsAreHashedAsEip712Says() throws Exception {
    String json =
        String.format(
            java.util.Locale.ROOT,
            """
            {"types": {
              "EIP712Domain": [{"name":"name","type":"string"},{"name":"version","type":"string"},
                {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
              "Attestation": [{"name":"source","type":"uint64"},{"name":"destination","type":"uint64"},
                {"name":"epoch","type":"uint64"},{"name":"sequence","type":"uint64"},{"name":"count","type":"uint64"},
                {"name":"acc","type":"bytes32"},{"name":"header","type":"bytes32"}]},
             "primaryType": "Attestation",
             "domain": {"name":"Mallard","version":"1","chainId":31338,"verifyingContract":"%s"},
             "message": {"source":31337,"destination":31338,"epoch":3,"sequence":17,"count":40,"acc":"%s","header":"%s"}}
            """,
            INBOX.toHex(),
            Blocks.hash(0xabc).toHex(),
            Blocks.hash(0xdef).toHex());
    assertEquals(
        Numeric.toHexString(new StructuredDataEncoder(json).hashStructuredData()),
        new AttestationDigest(new RsmId(31338), INBOX).of(ATTESTATION).toHex());
  }

  @Test
  @Tag("ACK-1")
  void acksAreHashedAsEip712Says() throws Exception {
    String json =
        """
        {"types": {
          "EIP712Domain": [{"name":"name","type":"string"},{"name":"version","type":"string"},
            {"name":"chainId","type":"uint256"}],
          "Ack": [{"name":"source","type":"uint64"},{"name":"destination","type":"uint64"},
            {"name":"epoch","type":"uint64"},{"name":"cumulative","type":"uint64"}]},
         "primaryType": "Ack",
         "domain": {"name":"Mallard","version":"1","chainId":31337},
         "message": {"source":31337,"destination":31338,"epoch":2,"cumulative":99}}
        """;
    assertEquals(
        Numeric.toHexString(new StructuredDataEncoder(json).hashStructuredData()),
        new AckDigest(new RsmId(31337)).of(Blocks.STREAM, new Epoch(2), 99).toHex());
  }

  @Test
  @Tag("DLV-3")
  void anotherChainOrInboxIsAnotherDigest() {
    assertNotEquals(
        new AttestationDigest(new RsmId(31338), INBOX).of(ATTESTATION),
        new AttestationDigest(new RsmId(1), INBOX).of(ATTESTATION));
    assertNotEquals(
        new AttestationDigest(new RsmId(31338), INBOX).of(ATTESTATION),
        new AttestationDigest(new RsmId(31338), BridgeAddress.ZERO).of(ATTESTATION));
  }

  @Test
  @Tag("ACK-1")
  void whatIsRememberedIsNeverTheDigestOfAnotherAck() {
    StreamId other = new StreamId(Blocks.STREAM.source(), new RsmId(77));
    AckDigest remembering = new AckDigest(new RsmId(31337));
    for (int round = 0; round < 2; round++) {
      for (long cumulative = 0; cumulative < 300; cumulative++) {
        for (long epoch = 1; epoch <= 2; epoch++) {
          for (StreamId stream : List.of(Blocks.STREAM, other)) {
            assertEquals(
                new AckDigest(new RsmId(31337)).of(stream, new Epoch(epoch), cumulative),
                remembering.of(stream, new Epoch(epoch), cumulative));
          }
        }
      }
    }
  }

  @Test
  @Tag("CERT-1")
  void whatIsRememberedIsNeverTheDigestOfAnotherAttestation() {
    AttestationDigest remembering = new AttestationDigest(new RsmId(31338), INBOX);
    for (int round = 0; round < 2; round++) {
      for (long sequence = 1; sequence < 300; sequence++) {
        for (long count = sequence; count < sequence + 2; count++) {
          Attestation said =
              new Attestation(
                  Blocks.STREAM, new Epoch(3), sequence, count, Blocks.hash(1), Blocks.hash(2));
          assertEquals(
              new AttestationDigest(new RsmId(31338), INBOX).of(said), remembering.of(said));
        }
      }
    }
  }
}
