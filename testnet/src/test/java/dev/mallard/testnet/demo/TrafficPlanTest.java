package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.testnet.demo.Transfer.Asset;
import dev.mallard.testnet.demo.Transfer.Phase;
import dev.mallard.testnet.demo.Transfer.Purpose;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrafficPlanTest {
  private static final List<Integer> SIZES = List.of(6, 7, 8, 10, 12, 20, 40, 41, 500, 2000);

  @Test
  void everyPlanHasAllThreePhasesAndBothFailures() {
    for (int size : SIZES) {
      List<Order> orders = TrafficPlan.of(size, 3);
      assertEquals(size, orders.size());
      for (Phase phase : Phase.values()) {
        assertTrue(orders.stream().anyMatch(o -> o.phase() == phase), size + " " + phase);
      }
      assertEquals(1, orders.stream().filter(o -> o.purpose() == Purpose.REVERT).count());
      assertEquals(1, orders.stream().filter(o -> o.purpose() == Purpose.EXPIRE).count());
    }
  }

  @Test
  void theDefaultPlanCarriesEveryAssetBothWays() {
    Set<String> seen = new HashSet<>();
    TrafficPlan.of(40, 1).forEach(order -> seen.add(order.side() + " " + order.asset()));
    assertEquals(2 * Asset.values().length, seen.size(), seen::toString);
  }

  @Test
  void nothingGoesHomeThatDidNotCome() {
    for (int size : SIZES) {
      List<Map<Asset, BigInteger>> came =
          List.of(new EnumMap<>(Asset.class), new EnumMap<>(Asset.class));
      for (Order order : TrafficPlan.of(size, 5)) {
        Map<Asset, BigInteger> here = came.get(order.side());
        switch (order.asset()) {
          case NATIVE -> arrive(came.get(1 - order.side()), Asset.WRAPPED_NATIVE, order);
          case TOKEN -> arrive(came.get(1 - order.side()), Asset.WRAPPED_TOKEN, order);
          case WRAPPED_NATIVE, WRAPPED_TOKEN -> {
            BigInteger left =
                here.getOrDefault(order.asset(), BigInteger.ZERO).subtract(order.amount());
            assertTrue(left.signum() >= 0, size + " transfers: " + order);
            here.put(order.asset(), left);
          }
        }
      }
    }
  }

  private static void arrive(Map<Asset, BigInteger> there, Asset asset, Order order) {
    // What is sent while nodes are down may not have arrived yet when it would be needed.
    if (order.purpose() == Purpose.SUCCEED && order.phase() == Phase.FAULT_FREE) {
      there.merge(asset, order.amount(), BigInteger::add);
    }
  }

  @Test
  void aSeedChoosesTheSameOrdersAgain() {
    assertEquals(TrafficPlan.of(40, 9), TrafficPlan.of(40, 9));
  }

  @Test
  void sizesThatShowNothingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TrafficPlan.of(5, 1));
    assertThrows(IllegalArgumentException.class, () -> TrafficPlan.of(2001, 1));
  }
}
