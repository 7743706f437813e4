package dev.mallard.chain.evm;

import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for a delivery's transactions: in blocks, in the pool, or nowhere. */
final class FlightCheck {
  private final RpcPool pool;
  private final BridgeAddress account;

  FlightCheck(RpcPool pool, BridgeAddress account) {
    this.pool = pool;
    this.account = account;
  }

  /**
   * What one endpoint saw.
   *
   * @param mined the one that succeeded, where several were mined under different nonces
   * @param isPooled the newest of the transactions is known and not mined
   * @param minedCount nonces of the account that blocks hold
   */
  record Sight(
      Optional<SubmissionStatus.Mined> mined, boolean isPooled, long minedCount, PriceTag price) {
    boolean isKnown() {
      return mined.isPresent() || isPooled;
    }
  }

  /** One request, whatever the number of transactions. */
  Sight look(List<Hash32> hashes) throws ChainUnavailableException {
    List<RpcCall> calls = new ArrayList<>(PriceTag.calls());
    calls.add(new RpcCall("eth_getTransactionCount", List.of(account.toHex(), "latest")));
    calls.add(new RpcCall("eth_getTransactionByHash", List.of(hashes.getLast().toHex())));
    hashes.forEach(
        hash -> calls.add(new RpcCall("eth_getTransactionReceipt", List.of(hash.toHex()))));
    return pool.read(
        "what became of a transaction", endpoint -> sight(endpoint.ask(calls), hashes));
  }

  private static Sight sight(List<RpcAnswer> answers, List<Hash32> hashes)
      throws EndpointFaultException {
    Optional<SubmissionStatus.Mined> mined = Optional.empty();
    for (int i = 0; i < hashes.size(); i++) {
      Optional<SubmissionStatus.Mined> found = mined(answers.get(4 + i), hashes.get(i));
      mined = found.isPresent() && !mined.map(m -> m.success()).orElse(false) ? found : mined;
    }
    return new Sight(
        mined,
        Preflight.isKnown(answers.get(3)),
        answers.get(2).object("the nonce").asNumber(),
        PriceTag.read(answers.subList(0, 2)));
  }

  private static Optional<SubmissionStatus.Mined> mined(RpcAnswer answer, Hash32 hash)
      throws EndpointFaultException {
    if (answer.value().isNull()) {
      return Optional.empty();
    }
    RpcObject receipt = answer.object("receipt");
    if (!receipt.hash("transactionHash").equals(hash)) {
      throw new EndpointFaultException.Suspect("asked for one receipt, got another");
    }
    return Optional.of(
        new SubmissionStatus.Mined(
            hash,
            new BlockRef(receipt.number("blockNumber"), receipt.hash("blockHash")),
            receipt.number("status") == 1,
            receipt.number("gasUsed")));
  }
}
