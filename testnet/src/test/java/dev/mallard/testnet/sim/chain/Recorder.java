package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a chain tells. */
final class Recorder implements ChainObserver {
  final List<String> refused = new ArrayList<>();
  final List<String> receipts = new ArrayList<>();
  final List<Integer> reorgs = new ArrayList<>();
  final List<Long> finalized = new ArrayList<>();
  final List<Long> sent = new ArrayList<>();
  final List<Integer> submitters = new ArrayList<>();

  @Override
  public void onSent(OutboxEntry entry, BlockHead block) {
    sent.add(entry.index());
  }

  @Override
  public void onFinalized(BlockHead block) {
    finalized.add(block.ref().number());
  }

  @Override
  public void onDelivered(
      Delivery delivery, int submitter, List<Outcome> outcomes, BlockHead block) {
    submitters.add(submitter);
  }

  @Override
  public void onRefused(Delivery delivery, int submitter, String reason) {
    refused.add(reason);
  }

  @Override
  public void onReceipt(long index, Outcome outcome, boolean refunded) {
    receipts.add(index + " " + outcome + (refunded ? " refunded" : ""));
  }

  @Override
  public void onReorg(int depth) {
    reorgs.add(depth);
  }
}
