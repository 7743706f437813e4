package dev.mallard.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /openapi.yaml}. */
final class OpenApiHandler implements Operation {
  private static final String RESOURCE = "openapi.yaml";
  private static final String YAML = "application/yaml";

  private final String document;

  OpenApiHandler() {
    this.document = document();
  }

  static String document() {
    try (InputStream in = OpenApiHandler.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the jar with " + RESOURCE + " cannot be read", broken);
    }
  }

  @Override
  public String path() {
    return "/openapi.yaml";
  }

  @Override
  public List<String> mediaTypes() {
    return List.of(YAML);
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.sendText(YAML, document);
  }
}
