package dev.mallard.stake.source;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.Validator;
import java.util.Optional;

/**
 * A validator and how its bridge node is reached.
 *
 * @param validator its row of the stake table
 * @param endpoint as the validator gave it, at most {@link Endpoint#ENDPOINT_CHARS_MAX} characters.
 *     On a chain each validator writes its own, so it may be no usable address: that harms only
 *     that validator
 * @param tlsKey SHA-256 over its TLS certificate's SubjectPublicKeyInfo: the pin; zero if it gave
 *     none
 */
public record RegistryEntry(Validator validator, String endpoint, Hash32 tlsKey) {

  public RegistryEntry {
    if (endpoint.length() > Endpoint.ENDPOINT_CHARS_MAX) {
      throw new IllegalArgumentException(
          "an endpoint has at most "
              + Endpoint.ENDPOINT_CHARS_MAX
              + " characters, got "
              + endpoint.length());
    }
  }

  /** Where to connect; empty if the endpoint is no usable address. */
  public Optional<Endpoint> address() {
    return Endpoint.parse(endpoint);
  }
}
