package dev.mallard.net;

import java.util.HashMap;
import java.util.Map;

/** Counts connections that have not yet said who they are. Any thread. */
final class AdmissionGate {
  private final NetLimits.Admission limits;
  private final Map<String, Integer> perAddress = new HashMap<>();
  private int entered;

  AdmissionGate(NetLimits.Admission limits) {
    this.limits = limits;
  }

  /** Whether one more may come in from an address; then it must leave again. */
  synchronized boolean tryEnter(String address) {
    int fromThere = perAddress.getOrDefault(address, 0);
    if (entered >= limits.connectionsMax() || fromThere >= limits.perAddressMax()) {
      return false;
    }
    entered++;
    perAddress.put(address, fromThere + 1);
    return true;
  }

  /** It has said who it is, or is gone. */
  synchronized void leave(String address) {
    entered--;
    perAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
  }

  synchronized int entered() {
    return entered;
  }
}
