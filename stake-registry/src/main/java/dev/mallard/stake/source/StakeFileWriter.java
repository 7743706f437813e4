package dev.mallard.stake.source;

import dev.mallard.stake.FaultModel;
import dev.mallard.stake.StakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.tuweni.toml.Toml;

/** Writes what {@link FileStakeSource} reads. */
public final class StakeFileWriter {

  private StakeFileWriter() {}

  /** Puts {@code registry} into {@code file}, whole or not at all. */
  public static void write(Registry registry, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, ".stake-", ".toml");
    try {
      Files.writeString(draft, toToml(registry));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The text of the file. */
  public static String toToml(Registry registry) {
    StakeTable table = registry.table();
    StringBuilder toml = new StringBuilder();
    toml.append("rsm = ").append(table.rsm()).append('\n');
    toml.append("epoch = ").append(table.epoch()).append('\n');
    toml.append(faultModel(table));
    registry.entries().forEach(entry -> toml.append(validator(entry)));
    return toml.toString();
  }

  private static String faultModel(StakeTable table) {
    FaultModel model = table.faultModel();
    if (model.equals(FaultModel.bft(table.total()))) {
      return line("fault-model", StakeFileReader.BFT);
    }
    if (model.equals(FaultModel.cft(table.total()))) {
      return line("fault-model", StakeFileReader.CFT);
    }
    return line("u", model.u().toString()) + line("r", model.r().toString());
  }

  private static String validator(RegistryEntry entry) {
    return "\n[[validator]]\n"
        + line("key", entry.validator().key().toHex())
        + line("stake", entry.validator().stake().toString())
        + line("endpoint", entry.endpoint())
        + line("tls-key", entry.tlsKey().toHex());
  }

  private static String line(String key, String value) {
    return key + " = \"" + Toml.tomlEscape(value) + "\"\n";
  }
}
