package dev.mallard.api;

import dev.mallard.config.ApiToken;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every request must pass before an operation sees it, in one order. */
final class Gate {
  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");
  private static final String BEARER = "bearer ";

  private final boolean isLoopback;
  private final Optional<ApiToken> token;
  private final RateLimit rateLimit;

  Gate(boolean isLoopback, Optional<ApiToken> token, RateLimit rateLimit) {
    this.isLoopback = isLoopback;
    this.token = token;
    this.rateLimit = rateLimit;
  }

  /** Why the request goes no further; empty if it may. */
  Optional<Problem> checkRequest(HttpServerRequest request) {
    if (hasBody(request)) {
      return Optional.of(Problem.bodyRefused());
    }
    if (isLoopback && !isForLoopback(request)) {
      return Optional.of(Problem.foreignHost());
    }
    if (LiveHandler.PATH.equals(request.path())) {
      return Optional.empty();
    }
    if (!rateLimit.isWithin(request.remoteAddress().hostAddress())) {
      return Optional.of(Problem.tooFast());
    }
    return isAuthorized(request) ? Optional.empty() : Optional.of(Problem.unauthorized());
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.headers().contains("Transfer-Encoding")
        || (length != null && !length.equals("0"));
  }

  /** Refuses DNS rebinding: a web page whose name was made to resolve to this machine. */
  private static boolean isForLoopback(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
    return hosts.size() == 1
        && LOOPBACK_NAME.matcher(hosts.getFirst().toLowerCase(Locale.ROOT)).matches();
  }

  private boolean isAuthorized(HttpServerRequest request) {
    if (token.isEmpty()) {
      return true;
    }
    String header = request.getHeader("Authorization");
    return header != null
        && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && token.get().isPresentedAs(header.substring(BEARER.length()).strip());
  }
}
