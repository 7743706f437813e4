package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A world small enough to be walked whole. Its replicas are numbered, those of the source first.
 *
 * @param bundles how many the source transmits
 * @param faults what may go wrong
 * @param network what the model of the network and the verifier leaves out
 * @param spans what is walked, one walk after the other
 * @param quantumMillis how much time passes when time passes
 */
public record World(
    String name,
    StakeTable source,
    StakeTable destination,
    C3bParameters parameters,
    int bundles,
    Faults faults,
    Network network,
    List<Span> spans,
    long quantumMillis) {
  public World {
    spans = List.copyOf(spans);
  }

  /** More than any number of a bundle: what a liar says. */
  static final long NONSENSE = C3bParameters.SEQUENCE_MAX;

  /**
   * What may go wrong, at any time.
   *
   * @param crashes replicas that may crash, and restart or not
   * @param losses messages that may be lost
   * @param hasLiar whether one replica lies; every place for it on its side is explored
   * @param isLiarAtSource which side the liar is on
   */
  public record Faults(int crashes, int losses, boolean hasLiar, boolean isLiarAtSource) {
    /** No liar. */
    public static Faults crash(int crashes, int losses) {
      return new Faults(crashes, losses, false, false);
    }

    /** A liar and nothing else. */
    public static Faults liar(boolean isAtSource) {
      return new Faults(0, 0, true, isAtSource);
    }
  }

  /**
   * How much can be under way at once.
   *
   * @param copiesMax equal messages; one more is not sent
   * @param linkMax messages from one replica to another: by {@link Manner#EVENTS}, states with more
   *     are not looked at
   * @param isVerifierApart whether the verifier's answer is an event of its own; otherwise it comes
   *     at once
   */
  public record Network(int copiesMax, int linkMax, boolean isVerifierApart) {}

  int sources() {
    return source.size();
  }

  int destinations() {
    return destination.size();
  }

  int replicas() {
    return sources() + destinations();
  }

  boolean isSource(int replica) {
    return replica < sources();
  }

  /** Its index in its RSM's stake table. */
  int indexOf(int replica) {
    return isSource(replica) ? replica : replica - sources();
  }

  int sourceAt(int index) {
    return index;
  }

  int destinationAt(int index) {
    return sources() + index;
  }

  /** {@code s0}, {@code d3}. */
  String nameOf(int replica) {
    return (isSource(replica) ? "s" : "d") + indexOf(replica);
  }

  /** The stake table that a replica stands in. */
  StakeTable tableOf(int replica) {
    return isSource(replica) ? source : destination;
  }

  /** The world and its bounds, for people. */
  String describe() {
    List<String> parts = new ArrayList<>();
    parts.add(counted(bundles, "bundle"));
    if (faults.crashes() > 0) {
      parts.add(counted(faults.crashes(), "crash") + " with or without restart");
    }
    if (faults.losses() > 0) {
      parts.add(counted(faults.losses(), "lost message"));
    }
    if (faults.hasLiar()) {
      parts.add("a liar among the " + (faults.isLiarAtSource() ? "sources" : "destinations"));
    }
    parts.add("up to " + network.linkMax() + " messages under way on a link by events");
    parts.add("up to " + network.copiesMax() + " equal ones under way");
    return String.join(", ", parts);
  }

  private static String counted(int number, String what) {
    String many = what.endsWith("h") ? "es" : "s";
    return number + " " + what + (number == 1 ? "" : many);
  }

  /** The same world with another number of bundles. */
  World carrying(int other) {
    return new World(
        name, source, destination, parameters, other, faults, network, spans, quantumMillis);
  }

  /** The same world under another name, with other parameters. */
  World with(String otherName, C3bParameters other) {
    return new World(
        otherName, source, destination, other, bundles, faults, network, spans, quantumMillis);
  }

  /** The same world, walked so. */
  World walked(Span... other) {
    return new World(
        name,
        source,
        destination,
        parameters,
        bundles,
        faults,
        network,
        List.of(other),
        quantumMillis);
  }

  /** The same world with other faults. */
  World under(Faults other) {
    return new World(
        name, source, destination, parameters, bundles, other, network, spans, quantumMillis);
  }

  /** Replicas of equal stake, crash faults only. */
  static StakeTable crashing(long rsm, int replicas) {
    return table(rsm, replicas, FaultModel.cft(Stake.of(replicas)));
  }

  /** Replicas of equal stake, Byzantine faults. */
  static StakeTable byzantine(long rsm, int replicas) {
    return table(rsm, replicas, FaultModel.bft(Stake.of(replicas)));
  }

  private static StakeTable table(long rsm, int replicas, FaultModel faultModel) {
    List<Validator> validators =
        IntStream.range(0, replicas).mapToObj(i -> new Validator(i, key(i), Stake.of(1))).toList();
    return new StakeTable(new RsmId(rsm), Epoch.FIRST, validators, faultModel);
  }

  private static BridgeAddress key(int index) {
    return BridgeAddress.fromHex(String.format(Locale.ROOT, "0x%040x", index + 1));
  }
}
