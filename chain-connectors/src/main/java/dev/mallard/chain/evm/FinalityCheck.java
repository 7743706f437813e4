package dev.mallard.chain.evm;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import java.util.List;

/**
 * Whether an endpoint really says that a finalized block was replaced. A block that differs once
 * may be a confused answer; a fork is only what an endpoint repeats, under its own finalized head,
 * and with blocks that link ([OUT-2]).
 */
final class FinalityCheck {
  private FinalityCheck() {}

  /**
   * To be called when an answer named {@code found} at the height of {@code expected}.
   *
   * @throws EndpointFaultException.Forked when the endpoint insists
   * @throws EndpointFaultException.Suspect when it does not
   */
  static EndpointFaultException contradiction(
      RpcEndpoint endpoint, BlockRef expected, BlockRef found) throws EndpointFaultException {
    List<RpcAnswer> answers =
        endpoint.ask(
            List.of(
                RpcCall.block("finalized"),
                RpcCall.block(expected.number()),
                RpcCall.block(expected.number() + 1),
                RpcCall.block(found.hash())));
    BlockHead finalized = BlockReader.head(answers.getFirst(), "finalized");
    BlockHead again = BlockReader.head(answers.get(1), expected.number());
    BlockHead byHash = BlockReader.head(answers.getLast(), found.toString());
    boolean insists =
        finalized.ref().number() >= expected.number()
            && again.ref().equals(found)
            && byHash.equals(again);
    if (!insists) {
      return new EndpointFaultException.Suspect(
          "disagrees with itself about block "
              + expected.number()
              + ": "
              + found
              + ", then "
              + again.ref());
    }
    if (finalized.ref().number() > expected.number()) {
      BlockReader.checkLink(found, BlockReader.head(answers.get(2), expected.number() + 1));
    }
    return new EndpointFaultException.Forked(expected, found);
  }
}
