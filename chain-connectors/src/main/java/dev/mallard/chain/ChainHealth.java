package dev.mallard.chain;

import java.util.List;

/**
 * How a connector sees its chain, for status pages.
 *
 * @param endpoints one row an RPC URL, credentials removed
 * @param suspectReads readings that did not fit together since the start ([OUT-2])
 */
public record ChainHealth(List<Endpoint> endpoints, long suspectReads) {
  public ChainHealth {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * One RPC URL.
   *
   * @param lastError empty when the last call succeeded
   */
  public record Endpoint(String url, boolean active, long failures, String lastError) {}
}
