package dev.mallard.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every key of a node's configuration; {@code node.example.toml} says what each means. */
enum ConfigKey {
  DATA_FOLDER("data-folder"),

  IDENTITY_KEYSTORE("identity.keystore"),
  IDENTITY_PASSWORD_FILE("identity.password-file", Echo.NEVER),
  IDENTITY_TLS_KEYSTORE("identity.tls-keystore"),
  IDENTITY_TLS_PASSWORD_FILE("identity.tls-password-file", Echo.NEVER),
  IDENTITY_PAYOUT("identity.payout"),

  CHAIN_ID("chain.id"),
  CHAIN_RPC_URLS("chain.rpc-urls", Echo.WITHOUT_CREDENTIALS),
  CHAIN_WEB_SOCKET_URL("chain.web-socket-url", Echo.WITHOUT_CREDENTIALS),
  CHAIN_OUTBOX("chain.outbox"),
  CHAIN_INBOX("chain.inbox"),
  CHAIN_REGISTRY("chain.registry"),
  CHAIN_DEPLOYMENT_BLOCK("chain.deployment-block"),
  CHAIN_POLL_MILLIS("chain.poll-millis"),
  CHAIN_HEAD_AGE_SECONDS_MAX("chain.head-age-seconds-max"),

  REMOTE_ID("remote.id"),
  REMOTE_INBOX("remote.inbox"),
  REMOTE_VALIDATORS_FILE("remote.validators-file"),

  NET_LISTEN_HOST("net.listen-host"),
  NET_PORT("net.port"),

  API_HOST("api.host"),
  API_PORT("api.port"),
  API_TOKEN_FILE("api.token-file", Echo.NEVER),

  C3B_WINDOW_BUNDLES("c3b.window-bundles"),
  C3B_WINDOW_BYTES("c3b.window-bytes"),
  C3B_PHI_BITS("c3b.phi-bits"),
  C3B_QUANTUM("c3b.quantum"),
  C3B_TICK_MILLIS("c3b.tick-millis"),
  C3B_LOSS_TIMEOUT_MILLIS_INITIAL("c3b.loss-timeout-millis-initial"),
  C3B_LOSS_TIMEOUT_MILLIS_MIN("c3b.loss-timeout-millis-min"),
  C3B_LOSS_TIMEOUT_MILLIS_MAX("c3b.loss-timeout-millis-max"),
  C3B_ACK_INTERVAL_MILLIS("c3b.ack-interval-millis"),
  C3B_HEARTBEAT_MILLIS("c3b.heartbeat-millis"),
  C3B_FETCH_BATCH_BUNDLES("c3b.fetch-batch-bundles"),

  DELIVERY_TAKEOVER_BLOCKS("delivery.takeover-blocks"),
  DELIVERY_GAS_MAX("delivery.gas-max"),
  DELIVERY_RETENTION_BUNDLES("delivery.retention-bundles");

  /** How much of a value may appear in a message: logs and terminals are read by others. */
  enum Echo {
    /** As it stands. */
    FULL,
    /** URLs: scheme, host and port; providers put keys into the rest. */
    WITHOUT_CREDENTIALS,
    /** Nothing: where a file with a secret is named, people write the secret itself. */
    NEVER
  }

  /** Environment variables that may set keys start with this. */
  static final String VARIABLE_PREFIX = "MALLARD_";

  private final String key;
  private final Echo echo;

  ConfigKey(String key) {
    this(key, Echo.FULL);
  }

  ConfigKey(String key, Echo echo) {
    this.key = key;
    this.echo = echo;
  }

  /** As the file and {@code --set} spell it: {@code net.port}. */
  String key() {
    return key;
  }

  Echo echo() {
    return echo;
  }

  /** The environment variable that overrides it: {@code MALLARD_NET_PORT}. */
  String variable() {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static Optional<ConfigKey> find(String key) {
    return Arrays.stream(values()).filter(known -> known.key.equals(key)).findAny();
  }

  /** The tables of the file: {@code net}, {@code api} … */
  static Set<String> sections() {
    return Arrays.stream(values())
        .filter(known -> known.key.indexOf('.') > 0)
        .map(known -> known.key.substring(0, known.key.indexOf('.')))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
