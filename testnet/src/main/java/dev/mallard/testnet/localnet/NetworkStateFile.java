package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code network.json}, whole or not at all. */
public final class NetworkStateFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private NetworkStateFile() {}

  /** Puts the state into the folder. */
  public static void write(NetworkFolder folder, NetworkState state) throws IOException {
    Path draft = folder.root().resolve("network.json.tmp");
    Files.writeString(draft, JSON.writeValueAsString(state), StandardCharsets.UTF_8);
    Files.move(
        draft,
        folder.stateFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The state of the network in a folder; empty if there is none.
   *
   * @throws IOException when the file is there but is none of ours
   */
  public static Optional<NetworkState> read(NetworkFolder folder) throws IOException {
    if (!Files.exists(folder.stateFile())) {
      return Optional.empty();
    }
    String text = Files.readString(folder.stateFile(), StandardCharsets.UTF_8);
    try {
      NetworkState state = JSON.readValue(text, NetworkState.class);
      if (state.format() != NetworkState.FORMAT) {
        throw new IOException(
            folder.stateFile()
                + " has format "
                + state.format()
                + ", this program reads "
                + NetworkState.FORMAT
                + "; stop the network with the program that started it");
      }
      return Optional.of(state);
    } catch (JacksonException | NullPointerException | IllegalArgumentException damaged) {
      throw new IOException(
          folder.stateFile() + " is damaged: " + damaged.getMessage() + "; remove it", damaged);
    }
  }
}
