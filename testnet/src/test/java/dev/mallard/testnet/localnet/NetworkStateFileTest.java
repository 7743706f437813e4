package dev.mallard.testnet.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkStateFileTest {
  @TempDir private Path temp = Path.of("");

  static NetworkState state(ChildProcess process) {
    NetworkState.Running running = NetworkState.Running.of(process);
    NetworkState.Contracts contracts =
        new NetworkState.Contracts("0x1", "0x2", "0x3", "0x4", "0x5", "0x6", "0x7", "0x8", 9);
    NetworkState.Node node =
        new NetworkState.Node(0, "40", "0xab", 1001, 1002, "/n/node.toml", running);
    NetworkState.Side left =
        new NetworkState.Side(
            1,
            "http://127.0.0.1:1",
            "ws://127.0.0.1:1",
            running,
            Optional.of(contracts),
            List.of(node));
    NetworkState.Side right =
        new NetworkState.Side(
            2, "http://127.0.0.1:2", "ws://127.0.0.1:2", running, Optional.empty(), List.of());
    return new NetworkState(NetworkState.FORMAT, true, "40/10", List.of(left, right));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException, StartFailedException {
    NetworkFolder folder = new NetworkFolder(temp.resolve("net"));
    folder.create();
    try (ChildProcess sleeper = Sleepers.start(temp)) {
      NetworkState written = state(sleeper);
      NetworkStateFile.write(folder, written);
      assertEquals(Optional.of(written), NetworkStateFile.read(folder));
    }
  }

  @Test
  void noFileIsNoNetwork() throws IOException {
    assertEquals(Optional.empty(), NetworkStateFile.read(new NetworkFolder(temp)));
  }

  @Test
  void aDamagedOrForeignFileIsNamed() throws IOException {
    for (String text : List.of("", "{", "[]", "{\"format\":1}", "{\"format\":99,\"sides\":[]}")) {
      Files.writeString(temp.resolve("network.json"), text);
      IOException refused =
          assertThrows(
              IOException.class, () -> NetworkStateFile.read(new NetworkFolder(temp)), text);
      assertTrue(String.valueOf(refused.getMessage()).contains("network.json"), text);
    }
  }

  @Test
  void downEndsEveryProcessAndLeavesNoFile() throws IOException, StartFailedException {
    NetworkFolder folder = new NetworkFolder(temp.resolve(".mallard/testnet"));
    folder.create();
    ChildProcess sleeper = Sleepers.start(temp);
    NetworkStateFile.write(folder, state(sleeper));
    assertTrue(NetworkStop.down(folder).orElseThrow() > 0);
    assertFalse(sleeper.isAlive());
    assertFalse(Files.exists(temp.resolve(".mallard")));
    assertEquals(Optional.empty(), NetworkStop.down(folder));
  }

  @Test
  void downLeavesWhatIsNotItsOwn() throws IOException, StartFailedException {
    NetworkFolder folder = new NetworkFolder(temp.resolve("mine"));
    folder.create();
    Path precious = Files.writeString(folder.root().resolve("precious.txt"), "keep me");
    try (ChildProcess sleeper = Sleepers.start(temp)) {
      NetworkStateFile.write(folder, state(sleeper));
      NetworkStop.down(folder);
    }
    assertTrue(Files.exists(precious));
    assertFalse(Files.exists(folder.logs()));
  }

  @Test
  void aProcessIdThatWasReusedIsNotTouched() throws IOException, StartFailedException {
    try (ChildProcess sleeper = Sleepers.start(temp)) {
      NetworkState.Running other =
          new NetworkState.Running("x", sleeper.pid(), sleeper.startMillis() - 1_000, "x.log");
      assertEquals(Optional.empty(), other.attach());
      assertTrue(NetworkState.Running.of(sleeper).attach().isPresent());
    }
  }
}
