package dev.mallard.testnet.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFolderTest {
  @Test
  void aFolderWithSomebodysFilesIsRefusedAndLeftAlone(@TempDir Path root) throws Exception {
    Path mine = Files.createDirectories(root.resolve("logs")).resolve("mine.txt");
    Files.writeString(mine, "mine");
    assertFalse(new NetworkFolder(root).isAbsentOrEmpty());
    StakeSpec one = new StakeSpec(List.of(BigInteger.ONE), List.of(BigInteger.ONE));
    NetworkPlan plan = NetworkPlan.of(new NetworkFolder(root), one);
    StartFailedException refused =
        assertThrows(
            StartFailedException.class,
            () -> NetworkStarter.start(plan, line -> {}, network -> {}));
    assertTrue(String.valueOf(refused.getMessage()).contains("not empty"), refused.getMessage());
    assertEquals("mine", Files.readString(mine));
  }

  @Test
  void anEmptyFolderMayBecomeANetworks(@TempDir Path root) throws Exception {
    assertTrue(new NetworkFolder(root).isAbsentOrEmpty());
    assertTrue(new NetworkFolder(root.resolve("absent")).isAbsentOrEmpty());
  }
}
