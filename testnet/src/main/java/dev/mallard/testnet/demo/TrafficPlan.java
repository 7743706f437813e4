package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.Transfer.Asset;
import dev.mallard.testnet.demo.Transfer.Phase;
import dev.mallard.testnet.demo.Transfer.Purpose;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Which transfers the demo sends, in order. Half before the kill, among them the one that reverts
 * and the one that comes too late; then most of the rest while nodes are down. What was carried
 * over first is carried home later, so amounts going home are smaller than any that came.
 */
public final class TrafficPlan {
  /** One of each kind in each phase. */
  public static final int TRANSFERS_MIN = 6;

  /** What a demo can show. */
  public static final int TRANSFERS_MAX = 2000;

  /** Smallest amount carried away from home; units of 10^-18. */
  private static final BigInteger AWAY_MIN = BigInteger.TEN.pow(15);

  private static final int AWAY_SPREAD = 1000;

  private TrafficPlan() {}

  /** The orders; the same for the same seed. */
  public static List<Order> of(int transfers, long seed) {
    if (transfers < TRANSFERS_MIN || transfers > TRANSFERS_MAX) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--transfers %d is not between %d and %d",
              transfers,
              TRANSFERS_MIN,
              TRANSFERS_MAX));
    }
    Random random = new Random(seed);
    List<Order> orders = new ArrayList<>();
    Set<String> came = new HashSet<>();
    int faultFree = transfers / 2;
    int recovered = Math.max(1, transfers / 5);
    for (int i = 0; i < transfers; i++) {
      Phase phase = phase(i, faultFree, transfers - recovered);
      Purpose purpose = phase == Phase.FAULT_FREE ? purpose(i) : Purpose.SUCCEED;
      Asset asset = purpose == Purpose.SUCCEED ? away(i) : Asset.NATIVE;
      boolean home =
          phase != Phase.FAULT_FREE && i / 2 % 2 == 1 && came.contains(arrival(1 - i % 2, asset));
      if (home) {
        asset = wrapped(asset);
      } else if (phase == Phase.FAULT_FREE && purpose == Purpose.SUCCEED) {
        came.add(arrival(i % 2, asset));
      }
      orders.add(new Order(i % 2, asset, amount(random, home, transfers), purpose, phase));
    }
    return orders;
  }

  private static Phase phase(int i, int faultFree, int untilRecovered) {
    if (i < faultFree) {
      return Phase.FAULT_FREE;
    }
    return i < untilRecovered ? Phase.NODES_DOWN : Phase.RECOVERED;
  }

  private static Purpose purpose(int i) {
    return switch (i) {
      case 1 -> Purpose.REVERT;
      case 2 -> Purpose.EXPIRE;
      default -> Purpose.SUCCEED;
    };
  }

  /** Sides alternate with each transfer, so assets alternate with every second or fourth. */
  private static Asset away(int i) {
    return i / 4 % 2 == 0 ? Asset.NATIVE : Asset.TOKEN;
  }

  private static Asset wrapped(Asset asset) {
    return asset == Asset.NATIVE ? Asset.WRAPPED_NATIVE : Asset.WRAPPED_TOKEN;
  }

  private static String arrival(int fromSide, Asset asset) {
    return fromSide + " " + asset;
  }

  private static BigInteger amount(Random random, boolean home, int transfers) {
    BigInteger away = AWAY_MIN.multiply(BigInteger.valueOf(1 + random.nextInt(AWAY_SPREAD)));
    if (!home) {
      return away;
    }
    // All amounts going home together stay below the least that came.
    return away.divide(BigInteger.valueOf((long) AWAY_SPREAD * transfers));
  }
}
