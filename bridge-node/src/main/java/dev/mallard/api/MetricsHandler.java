package dev.mallard.api;

import java.util.List;
import java.util.function.Supplier;

/** {@code GET /metrics}. */
final class MetricsHandler implements Operation {
  private final Supplier<String> scrape;

  MetricsHandler(Supplier<String> scrape) {
    this.scrape = scrape;
  }

  @Override
  public String path() {
    return "/metrics";
  }

  @Override
  public List<String> mediaTypes() {
    return List.of(TEXT);
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.sendText("text/plain; version=0.0.4; charset=utf-8", scrape.get());
  }
}
