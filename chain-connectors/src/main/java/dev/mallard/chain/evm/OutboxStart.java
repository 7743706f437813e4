package dev.mallard.chain.evm;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;

/** Where reading begins: the block before the one that holds the Outbox's deployment. */
final class OutboxStart {
  private final RpcPool pool;
  private final BridgeAddress outbox;
  private final long deploymentBlock;

  /** {@code deploymentBlock}: 0 to search for it, which asks for old state. */
  OutboxStart(RpcPool pool, BridgeAddress outbox, long deploymentBlock) {
    this.pool = pool;
    this.outbox = outbox;
    this.deploymentBlock = deploymentBlock;
  }

  OutboxCursor find() throws ChainUnavailableException {
    return pool.read("the Outbox's deployment block", this::find);
  }

  private OutboxCursor find(RpcEndpoint endpoint) throws EndpointFaultException {
    long finalized =
        BlockReader.head(endpoint.ask(RpcCall.block("finalized")), "finalized").ref().number();
    long deployed = deploymentBlock == 0 ? search(endpoint, finalized) : deploymentBlock;
    if (deployed > finalized) {
      throw new EndpointFaultException(
          "block " + deployed + ", where the Outbox is deployed, is not finalized yet: wait");
    }
    long number = Math.max(0, deployed - 1);
    BlockHead head = BlockReader.head(endpoint.ask(RpcCall.block(number)), number);
    return new OutboxCursor(head.ref(), 0, Hash32.ZERO);
  }

  /** The first block at which the contract has code: bisection, a few dozen calls. */
  private long search(RpcEndpoint endpoint, long finalized) throws EndpointFaultException {
    if (!hasCode(endpoint, finalized)) {
      throw new EndpointFaultException(
          "no contract at "
              + outbox
              + " in the finalized block "
              + finalized
              + ": check the Outbox' address, or wait until its deployment is finalized");
    }
    long without = 0;
    long with = finalized;
    while (with - without > 1) {
      long middle = without + (with - without) / 2;
      if (hasCode(endpoint, middle)) {
        with = middle;
      } else {
        without = middle;
      }
    }
    return with;
  }

  private boolean hasCode(RpcEndpoint endpoint, long block) throws EndpointFaultException {
    RpcAnswer answer = endpoint.ask(RpcCall.code(outbox, block));
    if (answer instanceof RpcAnswer.Failure failure) {
      throw new EndpointFaultException(
          "cannot search for the Outbox's deployment ("
              + failure.message()
              + "): set the deployment block, or use a node that keeps old state");
    }
    return answer.object("the Outbox' code").asData().length > 0;
  }
}
