package dev.mallard.testnet.sim.chain;

import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.Accumulator;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;

/**
 * What runs on a chain, replaceable by planted faults.
 *
 * @param rules of the Inbox
 * @param application that dapps use
 * @param accumulator of Outbox and Inbox; best one {@link RememberedAccumulator} for a whole run
 */
public record ChainContracts(InboxRules rules, Application application, Accumulator accumulator) {
  /** With an accumulator that nobody shares. */
  public ChainContracts(InboxRules rules, Application application) {
    this(rules, application, new RememberedAccumulator());
  }

  /** As they should be, for the chain {@code id} with an Inbox there. */
  public static ChainContracts of(
      RsmId id,
      BridgeAddress inbox,
      StakeTable source,
      SignatureScheme scheme,
      Accumulator accumulator) {
    return new ChainContracts(
        new ContractRules(id, inbox, source, scheme), new Transfers(), accumulator);
  }

  /** With other rules. */
  public ChainContracts with(InboxRules other) {
    return new ChainContracts(other, application, accumulator);
  }

  /** With another application. */
  public ChainContracts with(Application other) {
    return new ChainContracts(rules, other, accumulator);
  }
}
