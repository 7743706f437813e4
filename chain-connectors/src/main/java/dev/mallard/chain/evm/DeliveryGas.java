package dev.mallard.chain.evm;

import dev.mallard.chain.Delivery;

/**
 * How much gas a delivery transaction gets. A model, not an estimate of the RPC: an estimate finds
 * the least gas with which the Inbox does not revert, under which recipients may already run dry.
 */
@FunctionalInterface
public interface DeliveryGas {
  /** An upper bound; what is not used is not paid. */
  long gasLimit(Delivery delivery);
}
