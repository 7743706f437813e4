package dev.mallard.stake.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bridge node listens for its peers.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  /** Longest text form taken: a DNS name's 253 characters, a colon and a port. */
  public static final int ENDPOINT_CHARS_MAX = 259;

  private static final int PORT_MAX = 65_535;
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:\\[([0-9a-fA-F:.]{2,45})]|([a-zA-Z0-9_](?:[a-zA-Z0-9_.-]{0,252})?)):([0-9]{1,5})");

  public Endpoint {
    if (host.isEmpty() || port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "an endpoint is a host and a port 1.." + PORT_MAX + ", got '" + host + "' and " + port);
    }
  }

  /**
   * Reads {@code host:port} or {@code [ipv6]:port}; empty if {@code text} is neither. Looks nothing
   * up.
   */
  public static Optional<Endpoint> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.length() > ENDPOINT_CHARS_MAX || !matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < 1 || port > PORT_MAX) {
      return Optional.empty();
    }
    String ipv6 = matcher.group(1);
    return Optional.of(new Endpoint(ipv6 != null ? ipv6 : matcher.group(2), port));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
