package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.certify.Certifier;
import java.util.List;

/** The node's state machines of a stream that begins, as {@code RunningNode} makes them. */
final class Cores {
  private Cores() {}

  static Certifier certifier(ScalePlan plan, int self) {
    return new Certifier(plan.source(), self, plan.parameters().windowBundles(), 0);
  }

  static StreamSender sender(ScalePlan plan, int self) {
    return new StreamSender(
        ScalePlan.STREAM, plan.parameters(), self, plan.source(), plan.destination(), 0);
  }

  static StreamReceiver receiver(ScalePlan plan, int self) {
    return new StreamReceiver(
        ScalePlan.STREAM,
        plan.parameters(),
        self,
        plan.source(),
        plan.destination(),
        0,
        0,
        List.of());
  }
}
