package dev.mallard.testnet.sim;

import dev.mallard.testnet.sim.chain.SendRequest;
import dev.mallard.testnet.sim.chain.Transfers;
import dev.mallard.testnet.sim.chain.VirtualChain;
import java.util.Random;

/** Dapps on both chains: they send transfers while faults last, and probes when they are over. */
final class Clients {
  private static final long PROBE_GAP_MILLIS = 300;
  private static final int AMOUNT_MAX = 1_000;
  private static final int DEADLINE_SECONDS_MAX = 5;

  private final World world;
  private final Random random;
  private long lastSendAt;

  Clients(World world) {
    this.world = world;
    this.random = new Random(world.plan().seed() * 131 + 17);
  }

  void schedule() {
    TrafficPlan plan = world.plan().traffic();
    for (int side = 0; side < 2; side++) {
      long at = 200;
      for (int i = 0; i < plan.transfers(); i++) {
        at += random.nextInt(2 * plan.gapMillis() + 1);
        sendAt(at, side);
      }
      at = Math.max(at, world.plan().healAtMillis());
      for (int i = 0; i < plan.probes(); i++) {
        at += PROBE_GAP_MILLIS;
        sendAt(at, side);
      }
    }
  }

  private void sendAt(long at, int side) {
    lastSendAt = Math.max(lastSendAt, at);
    VirtualChain chain = world.chain(side);
    world.time().after(at, () -> chain.send(request(chain)));
  }

  private SendRequest request(VirtualChain chain) {
    TrafficPlan plan = world.plan().traffic();
    int padding = plan.paddingBytesMax() == 0 ? 0 : random.nextInt(plan.paddingBytesMax() + 1);
    int bytes = random.nextInt(20) == 0 ? 0 : Long.BYTES + padding;
    long amount = 1L + random.nextInt(AMOUNT_MAX);
    int kind = random.nextInt(1000);
    if (kind < plan.failPermille()) {
      return Transfers.reverting(amount, bytes);
    }
    if (kind < plan.failPermille() + plan.deadlinePermille()) {
      return Transfers.expiring(
          amount, bytes, chain.nowSeconds() + random.nextInt(DEADLINE_SECONDS_MAX));
    }
    return Transfers.good(amount, bytes);
  }

  /** Whether everything has been sent, and a block or two has passed since. */
  boolean areDone() {
    long blocks =
        2
            * Math.max(
                world.plan().sides().get(0).chain().blockMillis(),
                world.plan().sides().get(1).chain().blockMillis());
    return world.time().now() > lastSendAt + blocks;
  }
}
