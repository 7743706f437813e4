package dev.mallard.stake.source;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.toml.TomlArray;
import org.apache.tuweni.toml.TomlParseResult;
import org.apache.tuweni.toml.TomlTable;
import org.web3j.crypto.Keys;

/**
 * Reads one stake file ({@link FileStakeSource} documents the format), noting every mistake on the
 * way.
 */
final class StakeFileReader {

  static final String BFT = "bft";
  static final String CFT = "cft";

  private static final Set<String> KEYS =
      Set.of("rsm", "epoch", "fault-model", "u", "r", "validator");
  private static final Set<String> VALIDATOR_KEYS = Set.of("key", "stake", "endpoint", "tls-key");

  private static final String RSM_REMEDY = "write the RSM's number, for an EVM chain its chain id";
  private static final String EPOCH_REMEDY = "write the epoch's number, 1 for the first";
  private static final String UNITS_REMEDY =
      "write a decimal number from 0 to 2^256-1, in quotes if it is above 2^63-1";
  private static final String KEY_REMEDY =
      "write the Ethereum address of the validator's bridge key: 0x and 40 hex digits, in lower case or with a correct EIP-55 checksum, not zero";
  private static final String ENDPOINT_REMEDY =
      "write host:port or [ipv6]:port, where the validator's bridge node listens for peers";
  private static final String TLS_KEY_REMEDY =
      "write the SHA-256 of the node's TLS public key (SubjectPublicKeyInfo): 0x and 64 hex digits, not zero";
  private static final String FAULT_MODEL_REMEDY =
      "write \"bft\" or \"cft\", or give u and r instead";
  private static final String FAULT_MODEL_TWICE = "keep either fault-model or u and r, not both";

  private final String where;
  private final List<Mistake> mistakes = new ArrayList<>();

  private StakeFileReader(String where) {
    this.where = where;
  }

  /**
   * @param where the file's name, for messages
   * @param toml its contents
   */
  static Registry read(String where, String toml) throws InvalidStakeTableException {
    return new StakeFileReader(where).read(toml);
  }

  private Registry read(String toml) throws InvalidStakeTableException {
    Optional<TomlParseResult> parsed = TomlText.parse(toml, mistakes, message -> message);
    refuseMistakes();
    TomlFields fields = new TomlFields(parsed.orElseThrow(), "", mistakes);
    fields.noteUnknownKeys(KEYS);
    Optional<RsmId> rsm = fields.positive("rsm", RSM_REMEDY).map(RsmId::new);
    Optional<Epoch> epoch = fields.positive("epoch", EPOCH_REMEDY).map(Epoch::new);
    List<RegistryEntry> entries = entries(fields);
    Optional<Stake> total = mistakes.isEmpty() ? total(entries) : Optional.empty();
    Optional<FaultModel> faultModel = faultModel(fields, total);
    refuseMistakes();
    return Registry.of(rsm.orElseThrow(), epoch.orElseThrow(), entries, faultModel.orElseThrow());
  }

  private void refuseMistakes() throws InvalidStakeTableException {
    if (!mistakes.isEmpty()) {
      throw new InvalidStakeTableException(where, mistakes);
    }
  }

  private List<RegistryEntry> entries(TomlFields fields) {
    List<TomlTable> rows = rows(fields);
    List<RegistryEntry> entries = new ArrayList<>();
    Repeats repeats = new Repeats();
    for (int i = 0; i < rows.size(); i++) {
      TomlFields row = new TomlFields(rows.get(i), "validator[" + i + "].", mistakes);
      entry(i, row, repeats).ifPresent(entries::add);
    }
    return entries;
  }

  private List<TomlTable> rows(TomlFields fields) {
    Object raw = fields.raw("validator").orElse(null);
    boolean isTables = raw instanceof TomlArray array && !array.isEmpty() && array.containsTables();
    if (!isTables || !(raw instanceof TomlArray array)) {
      fields.note("validator", "write at least one [[validator]] section");
      return List.of();
    }
    if (array.size() > StakeTable.VALIDATORS_MAX) {
      mistakes.add(
          new Mistake(
              "validator",
              array.size() + " sections",
              "write at most " + StakeTable.VALIDATORS_MAX));
      return List.of();
    }
    return array.toList().stream().map(TomlTable.class::cast).toList();
  }

  private static Optional<RegistryEntry> entry(int index, TomlFields row, Repeats repeats) {
    row.noteUnknownKeys(VALIDATOR_KEYS);
    Optional<BridgeAddress> key = row.text("key", KEY_REMEDY, StakeFileReader::bridgeKey);
    Optional<Stake> stake = row.stake("stake", UNITS_REMEDY);
    Optional<Endpoint> endpoint = row.text("endpoint", ENDPOINT_REMEDY, Endpoint::parse);
    Optional<Hash32> tlsKey = row.text("tls-key", TLS_KEY_REMEDY, StakeFileReader::tlsKey);
    key.ifPresent(k -> repeats.note(index, row, "key", k));
    endpoint.ifPresent(e -> repeats.note(index, row, "endpoint", e));
    tlsKey.ifPresent(t -> repeats.note(index, row, "tls-key", t));
    if (key.isEmpty() || stake.isEmpty() || endpoint.isEmpty() || tlsKey.isEmpty()) {
      return Optional.empty();
    }
    Validator validator = new Validator(index, key.get(), stake.get());
    return Optional.of(new RegistryEntry(validator, endpoint.get().toString(), tlsKey.get()));
  }

  private static Optional<BridgeAddress> bridgeKey(String text) {
    BridgeAddress key = BridgeAddress.fromHex(text);
    boolean isLower = text.equals(text.toLowerCase(Locale.ROOT));
    boolean isSpelledRight = isLower || text.equals(Keys.toChecksumAddress(text));
    return isSpelledRight && !key.equals(BridgeAddress.ZERO) ? Optional.of(key) : Optional.empty();
  }

  private static Optional<Hash32> tlsKey(String text) {
    return Optional.of(Hash32.fromHex(text)).filter(hash -> !hash.equals(Hash32.ZERO));
  }

  private Optional<Stake> total(List<RegistryEntry> entries) {
    BigInteger sum =
        entries.stream()
            .map(e -> e.validator().stake().units())
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() == 0 || sum.bitLength() > Stake.STAKE_BITS_MAX) {
      mistakes.add(
          new Mistake(
              "sum of validator[].stake",
              sum.toString(),
              "make the total at least 1 and below 2^256"));
      return Optional.empty();
    }
    return Optional.of(new Stake(sum));
  }

  /** Checks what it can even while the total is unknown, so that all mistakes show at once. */
  private Optional<FaultModel> faultModel(TomlFields fields, Optional<Stake> total) {
    boolean isExplicit = fields.has("u") || fields.has("r");
    if (isExplicit && fields.has("fault-model")) {
      fields.note("fault-model", FAULT_MODEL_TWICE);
    }
    return isExplicit ? explicitModel(fields, total) : preset(fields, total);
  }

  private static Optional<FaultModel> preset(TomlFields fields, Optional<Stake> total) {
    Optional<String> name =
        fields.text(
            "fault-model",
            FAULT_MODEL_REMEDY,
            text -> Optional.of(text).filter(t -> t.equals(BFT) || t.equals(CFT)));
    return name.flatMap(n -> total.map(n.equals(BFT) ? FaultModel::bft : FaultModel::cft));
  }

  private static Optional<FaultModel> explicitModel(TomlFields fields, Optional<Stake> total) {
    Optional<Stake> u = fields.stake("u", UNITS_REMEDY);
    Optional<Stake> r = fields.stake("r", UNITS_REMEDY);
    if (u.isEmpty() || r.isEmpty()) {
      return Optional.empty();
    }
    if (r.get().compareTo(u.get()) > 0) {
      fields.note("r", "make r at most u, which is " + u.get() + ": stake that lies has failed");
      return Optional.empty();
    }
    FaultModel model = new FaultModel(u.get(), r.get());
    if (total.isPresent() && !model.isSoundFor(total.get())) {
      fields.note(
          "u",
          "lower u or r: 2u + r + 1 = "
              + model.totalMin()
              + " is above the total stake "
              + total.get());
      return Optional.empty();
    }
    return Optional.of(model);
  }

  /** Values that no two validators may share. */
  private static final class Repeats {

    private final Map<Object, Integer> firstIndexes = new HashMap<>();

    void note(int index, TomlFields row, String key, Object value) {
      Integer first = firstIndexes.putIfAbsent(value, index);
      if (first != null) {
        row.note(key, "give each validator its own; validator[" + first + "] has the same");
      }
    }
  }
}
