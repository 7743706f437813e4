package dev.mallard.chain.evm;

import java.time.Duration;

/**
 * What one RPC endpoint may cost: nothing that it does holds a thread or memory beyond this
 * ([G-4]).
 *
 * @param connectTimeout until the connection stands
 * @param requestTimeout from sending a request to the last byte of its answer
 * @param responseBytesMax longest answer that is read
 * @param backoffMin first pause after a failure, doubled up to {@code backoffMax}
 * @param logRangeBlocksMax most blocks that one log query covers; halved where an RPC refuses it
 */
public record RpcLimits(
    Duration connectTimeout,
    Duration requestTimeout,
    int responseBytesMax,
    Duration backoffMin,
    Duration backoffMax,
    int logRangeBlocksMax) {

  /** Fits a node on the same machine and most hosted ones. */
  public static final RpcLimits DEFAULT =
      new RpcLimits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(8),
          16 << 20,
          Duration.ofMillis(500),
          Duration.ofSeconds(15),
          2_000);

  public RpcLimits {
    if (connectTimeout.isNegative() || requestTimeout.compareTo(connectTimeout) < 0) {
      throw new IllegalArgumentException(
          "the request time-out ("
              + requestTimeout
              + ") must not be below the connect time-out ("
              + connectTimeout
              + ")");
    }
    if (backoffMin.isNegative() || backoffMax.compareTo(backoffMin) < 0) {
      throw new IllegalArgumentException("back-off runs from " + backoffMin + " to " + backoffMax);
    }
    if (responseBytesMax < 1 << 16 || logRangeBlocksMax < 1) {
      throw new IllegalArgumentException(
          "answers of at least 64 KiB and ranges of at least one block are needed");
    }
  }
}
