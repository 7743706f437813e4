package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Story;

/** What kinds and fates are called. */
final class Words {
  private Words() {}

  static String of(Story.Fate fate) {
    return switch (fate) {
      case ARRIVES -> "arrived";
      case DUPLICATE -> "duplicated";
      case LOST -> "lost";
      case CUT -> "cut off by a partition";
      case DOWN -> "not sent: receiver down";
      case ENDED -> "lost: receiver went down";
      case WITHHELD -> "withheld";
    };
  }

  static String of(Story.Lie lie) {
    return switch (lie) {
      case NONE -> "true";
      case CHANGED -> "changed";
      case UNASKED -> "unasked";
      case WITHHELD -> "withheld";
    };
  }

  static String one(Story.Kind kind) {
    return switch (kind) {
      case NOTE -> "note";
      case CROSSING -> "bundle";
      case LOCAL_COPY -> "local copy";
      case ACK -> "ack";
      case ATTESTATION -> "attestation";
      case CERTIFICATE -> "certificate";
      case ANNOUNCEMENT -> "announcement";
      case FETCH -> "fetch";
      case HELD -> "held";
      case QUACKED -> "quacked";
      case DELIVERED -> "delivered";
      case STARTS -> "starts";
      case KILLED -> "is killed";
      case FAULT -> "fault";
      case CERTIFIED -> "certified";
      case BLOCK -> "block";
      case REORG -> "replaced blocks";
      case REFUSED -> "refused delivery";
    };
  }

  static String many(int times, Story.Kind kind) {
    String one = one(kind);
    if (times == 1) {
      return "1 " + one;
    }
    String plural =
        switch (kind) {
          case LOCAL_COPY -> "local copies";
          case FETCH -> "fetches";
          default -> one + "s";
        };
    return times + " " + plural;
  }
}
