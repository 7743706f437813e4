package dev.mallard.api;

import io.vertx.core.http.HttpServerResponse;

/** What keeps browsers from doing anything with an answer but showing it; there is no CORS. */
final class SecurityHeaders {
  private SecurityHeaders() {}

  static void addTo(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
  }
}
