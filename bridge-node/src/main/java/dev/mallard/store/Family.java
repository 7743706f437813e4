package dev.mallard.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The column families: one a kind of record. Names are part of the format. */
public enum Family {
  /** RocksDB wants it; stays empty. */
  DEFAULT("default", Size.SMALL),
  /** Format version and identity. */
  META("meta", Size.SMALL),
  /** How far the Outbox was read; by stream. */
  CURSOR("cursor", Size.SMALL),
  /** Own bundles that are not quacked; by stream and sequence. */
  OUTBOUND("outbound", Size.LARGE),
  /** Their certificates; by stream and sequence. */
  CERTIFICATE("certificate", Size.LARGE),
  /** What was signed for own bundles, newest ones; by stream and sequence ([CERT-1]). */
  ATTESTED("attested", Size.SMALL),
  /** The highest attestation ever signed; by stream ([CERT-1]). */
  HIGH_WATER("highwater", Size.SMALL),
  /** The quack frontier with its acks; by stream ([QUACK-2]). */
  FRONTIER("frontier", Size.SMALL),
  /** Bundles of other RSMs; by stream and sequence. */
  INBOUND("inbound", Size.LARGE),
  /** How far the local Inbox executed, and what was dropped; by stream. */
  EXECUTED("executed", Size.SMALL),
  /** Proofs that replicas lied; by stream and replica ([CERT-3]). */
  EVIDENCE("evidence", Size.SMALL),
  /** Stake tables; by RSM and epoch. */
  STAKES("stakes", Size.SMALL),
  /** The message index: records by stream and index. */
  MESSAGE("message", Size.LARGE),
  /** Message keys by arrival number: the order of listings and of pruning. */
  MESSAGE_ARRIVAL("message_arrival", Size.SMALL),
  /** Messages by transaction and arrival. */
  MESSAGE_TRANSACTION("message_transaction", Size.SMALL),
  /** Messages by sender and arrival. */
  MESSAGE_SENDER("message_sender", Size.SMALL);

  /** How much a family may keep in memory before it is written out. */
  enum Size {
    SMALL,
    LARGE
  }

  private final String title;
  private final Size size;

  Family(String title, Size size) {
    this.title = title;
    this.size = size;
  }

  /** Its name on disk and in errors. */
  public String title() {
    return title;
  }

  Size size() {
    return size;
  }

  byte[] titleBytes() {
    return title.getBytes(StandardCharsets.UTF_8);
  }

  static Optional<Family> ofTitle(String title) {
    return Arrays.stream(values()).filter(family -> family.title.equals(title)).findFirst();
  }
}
