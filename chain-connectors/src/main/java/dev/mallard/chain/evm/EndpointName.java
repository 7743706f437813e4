package dev.mallard.chain.evm;

import java.net.URI;

/**
 * How an endpoint is called in logs, health and errors. User info, path and query may hold access
 * keys (hosted nodes put them in the path): they never appear.
 */
final class EndpointName {
  private EndpointName() {}

  static String of(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath();
    boolean hidden =
        url.getRawQuery() != null || (path != null && !path.isEmpty() && !path.equals("/"));
    return url.getScheme() + "://" + url.getHost() + port + (hidden ? "/…" : "");
  }
}
