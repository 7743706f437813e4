package dev.mallard.stake.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:1",
        "node-7.example.org:65535",
        "[::1]:7001",
        "[fe80::1:2]:9",
        "a:1",
        "my_host:80"
      })
  void readsWhatItWrites(String text) {
    assertEquals(text, Endpoint.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "host",
        "host:",
        ":1",
        "host:0",
        "host:65536",
        "host:-1",
        "host:1 ",
        " host:1",
        "::1:7001",
        "[]:1",
        "[host]:1",
        "http://host:1",
        "user@host:1",
        "ho\nst:1",
        "-host:1",
        "host:1:2",
        "hôst:1"
      })
  void refusesAnythingElse(String text) {
    assertEquals(Optional.empty(), Endpoint.parse(text));
  }

  @Test
  void boundsItsLength() {
    assertTrue(Endpoint.parse("a".repeat(253) + ":65535").isPresent());
    assertTrue(Endpoint.parse("a".repeat(254) + ":65535").isEmpty());
  }
}
