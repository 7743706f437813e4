package dev.mallard.config;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.source.FileStakeSource;
import dev.mallard.stake.source.InvalidStakeTableException;
import dev.mallard.stake.source.Mistake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds a {@link NodeConfig} section by section, then checks how the sections relate. */
final class ConfigReader {
  /** Where reading from a chain polls when the file does not say. */
  static final int POLL_MILLIS = 1_000;

  static final int HEAD_AGE_SECONDS_MAX = 60;
  static final String NET_HOST = "0.0.0.0";
  static final String API_HOST = "127.0.0.1";
  static final int TAKEOVER_BLOCKS = 12;
  static final long GAS_MAX = 12_000_000;
  static final int RETENTION_BUNDLES = 10_000;

  private static final int PORT_MAX = 65_535;
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final Set<String> WEB_SOCKET = Set.of("ws", "wss");

  private final ConfigFields fields;
  private final List<Mistake> mistakes;

  ConfigReader(ConfigFields fields, List<Mistake> mistakes) {
    this.fields = fields;
    this.mistakes = mistakes;
  }

  /** Empty if a mistake was noted on the way. */
  Optional<NodeConfig> read() {
    Optional<Path> dataFolder =
        fields.path(ConfigKey.DATA_FOLDER, "the folder that this node keeps its records in");
    Optional<NodeConfig.Identity> identity = identity();
    Optional<NodeConfig.Chain> chain = chain();
    Optional<NodeConfig.Remote> remote = remote();
    Optional<NodeConfig.Net> net = net();
    Optional<NodeConfig.Api> api = api();
    Optional<C3bParameters> c3b = new C3bReader(fields).read();
    Optional<NodeConfig.Delivery> delivery = delivery();
    checkRelations();
    if (!mistakes.isEmpty()
        || c3b.isEmpty()
        || net.isEmpty()
        || api.isEmpty()
        || delivery.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeConfig(
            identity.orElseThrow(),
            chain.orElseThrow(),
            remote.orElseThrow(),
            net.get(),
            api.get(),
            dataFolder.orElseThrow(),
            c3b.get(),
            delivery.get()));
  }

  private Optional<NodeConfig.Identity> identity() {
    Optional<Path> keystore = fields.file(ConfigKey.IDENTITY_KEYSTORE, "the bridge key's keystore");
    Optional<Path> password =
        fields.file(ConfigKey.IDENTITY_PASSWORD_FILE, "the file with the keystore's password");
    Optional<Path> tls =
        fields.file(ConfigKey.IDENTITY_TLS_KEYSTORE, "the TLS key's PKCS#12 keystore");
    Optional<Path> tlsPassword =
        fields.file(
            ConfigKey.IDENTITY_TLS_PASSWORD_FILE, "the file with the TLS keystore's password");
    Optional<BridgeAddress> payout =
        fields.has(ConfigKey.IDENTITY_PAYOUT)
            ? fields.address(ConfigKey.IDENTITY_PAYOUT)
            : Optional.empty();
    if (keystore.isEmpty() || password.isEmpty() || tls.isEmpty() || tlsPassword.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeConfig.Identity(
            keystore.get(), password.get(), tls.get(), tlsPassword.get(), payout));
  }

  private Optional<NodeConfig.Chain> chain() {
    Optional<RsmId> id = fields.number(ConfigKey.CHAIN_ID, 1, Long.MAX_VALUE).map(RsmId::new);
    Optional<List<URI>> rpcUrls = fields.urls(ConfigKey.CHAIN_RPC_URLS, HTTP);
    Optional<URI> webSocketUrl = fields.url(ConfigKey.CHAIN_WEB_SOCKET_URL, WEB_SOCKET);
    Optional<BridgeAddress> outbox = fields.address(ConfigKey.CHAIN_OUTBOX);
    Optional<BridgeAddress> inbox = fields.address(ConfigKey.CHAIN_INBOX);
    Optional<BridgeAddress> registry = fields.address(ConfigKey.CHAIN_REGISTRY);
    noteRepeats(outbox, inbox, registry);
    Optional<Long> deploymentBlock =
        fields.number(ConfigKey.CHAIN_DEPLOYMENT_BLOCK, 0, Long.MAX_VALUE);
    int pollMillis = fields.integer(ConfigKey.CHAIN_POLL_MILLIS, 50, 60_000, POLL_MILLIS);
    int headAgeSecondsMax =
        fields.integer(ConfigKey.CHAIN_HEAD_AGE_SECONDS_MAX, 2, 86_400, HEAD_AGE_SECONDS_MAX);
    if (headAgeSecondsMax * 1_000L <= pollMillis) {
      fields.note(
          ConfigKey.CHAIN_HEAD_AGE_SECONDS_MAX,
          "make it longer than chain.poll-millis, "
              + pollMillis
              + " ms: else the node is unhealthy between two polls");
    }
    if (id.isEmpty()
        || rpcUrls.isEmpty()
        || outbox.isEmpty()
        || inbox.isEmpty()
        || registry.isEmpty()
        || deploymentBlock.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeConfig.Chain(
            id.get(),
            rpcUrls.get(),
            webSocketUrl,
            outbox.get(),
            inbox.get(),
            registry.get(),
            deploymentBlock.get(),
            pollMillis,
            headAgeSecondsMax));
  }

  private void noteRepeats(
      Optional<BridgeAddress> outbox,
      Optional<BridgeAddress> inbox,
      Optional<BridgeAddress> registry) {
    String remedy = "write this contract's own address: it is given twice";
    if (outbox.isPresent() && outbox.equals(inbox)) {
      fields.note(ConfigKey.CHAIN_INBOX, remedy);
    }
    if (registry.isPresent() && (registry.equals(outbox) || registry.equals(inbox))) {
      fields.note(ConfigKey.CHAIN_REGISTRY, remedy);
    }
  }

  private Optional<NodeConfig.Remote> remote() {
    Optional<RsmId> id = fields.number(ConfigKey.REMOTE_ID, 1, Long.MAX_VALUE).map(RsmId::new);
    Optional<BridgeAddress> inbox = fields.address(ConfigKey.REMOTE_INBOX);
    Optional<Path> file =
        fields.file(
            ConfigKey.REMOTE_VALIDATORS_FILE, "the file that names the other chain's validators");
    file.ifPresent(path -> checkValidators(path, id));
    if (id.isEmpty() || inbox.isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new NodeConfig.Remote(id.get(), inbox.get(), file.get()));
  }

  private void checkValidators(Path file, Optional<RsmId> remote) {
    String prefix = ConfigKey.REMOTE_VALIDATORS_FILE.key();
    try {
      RsmId found = FileStakeSource.open(file).registry().table().rsm();
      if (remote.isPresent() && !remote.get().equals(found)) {
        mistakes.add(
            new Mistake(
                prefix + ": rsm",
                found.toString(),
                "name the file of chain " + remote.get() + ", which is remote.id"));
      }
    } catch (InvalidStakeTableException unsound) {
      unsound
          .mistakes()
          .forEach(m -> mistakes.add(new Mistake(prefix + ": " + m.key(), m.value(), m.remedy())));
    } catch (IOException unreadable) {
      fields.note(ConfigKey.REMOTE_VALIDATORS_FILE, "make it a file that can be read");
    }
  }

  private Optional<NodeConfig.Net> net() {
    String host = fields.host(ConfigKey.NET_LISTEN_HOST, NET_HOST);
    return fields
        .number(ConfigKey.NET_PORT, 1, PORT_MAX)
        .map(port -> new NodeConfig.Net(host, port.intValue()));
  }

  private Optional<NodeConfig.Api> api() {
    String host = fields.host(ConfigKey.API_HOST, API_HOST);
    Optional<Long> port = fields.number(ConfigKey.API_PORT, 1, PORT_MAX);
    Optional<Path> tokenFile =
        fields.has(ConfigKey.API_TOKEN_FILE)
            ? fields.file(ConfigKey.API_TOKEN_FILE, "the file with the REST token")
            : Optional.empty();
    tokenFile.ifPresent(this::checkToken);
    Optional<NodeConfig.Api> api =
        port.map(number -> new NodeConfig.Api(host, number.intValue(), tokenFile));
    if (api.isPresent() && !api.get().isLoopback() && !fields.has(ConfigKey.API_TOKEN_FILE)) {
      fields.note(
          ConfigKey.API_TOKEN_FILE,
          "name a file with a token, because api.host is "
              + host
              + "; or set api.host to 127.0.0.1");
    }
    return api;
  }

  private void checkToken(Path file) {
    try {
      ApiToken.read(file);
    } catch (IOException unusable) {
      fields.note(ConfigKey.API_TOKEN_FILE, String.valueOf(unusable.getMessage()));
    }
  }

  private Optional<NodeConfig.Delivery> delivery() {
    return Optional.of(
        new NodeConfig.Delivery(
            fields.integer(ConfigKey.DELIVERY_TAKEOVER_BLOCKS, 1, 10_000, TAKEOVER_BLOCKS),
            fields.number(ConfigKey.DELIVERY_GAS_MAX, 500_000, 1_000_000_000, GAS_MAX),
            fields.integer(
                ConfigKey.DELIVERY_RETENTION_BUNDLES, 0, 10_000_000, RETENTION_BUNDLES)));
  }

  private void checkRelations() {
    Optional<Object> chain = fields.value(ConfigKey.CHAIN_ID);
    if (chain.isPresent() && chain.equals(fields.value(ConfigKey.REMOTE_ID))) {
      fields.note(ConfigKey.REMOTE_ID, "write the other chain's id: this is chain.id");
    }
    Optional<Object> port = fields.value(ConfigKey.NET_PORT);
    if (port.isPresent() && port.equals(fields.value(ConfigKey.API_PORT))) {
      fields.note(ConfigKey.API_PORT, "write another port: this is net.port");
    }
    noteSameFile(ConfigKey.IDENTITY_TLS_KEYSTORE, ConfigKey.IDENTITY_KEYSTORE);
    noteSameFile(ConfigKey.IDENTITY_PASSWORD_FILE, ConfigKey.IDENTITY_KEYSTORE);
    noteSameFile(ConfigKey.IDENTITY_TLS_PASSWORD_FILE, ConfigKey.IDENTITY_TLS_KEYSTORE);
  }

  private void noteSameFile(ConfigKey key, ConfigKey other) {
    if (fields.has(key) && fields.value(key).equals(fields.value(other))) {
      fields.note(key, "write another file: this is " + other.key());
    }
  }
}
