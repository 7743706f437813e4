package dev.mallard.testnet.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
  @TempDir private Path temp = Path.of("");

  @Test
  void aProgramThatDoesNotExistIsNamed() {
    StartFailedException failed =
        assertThrows(
            StartFailedException.class,
            () ->
                ChildProcess.start(
                    "chain 7", List.of("/no/such/program"), temp, temp.resolve("log")));
    assertTrue(String.valueOf(failed.getMessage()).startsWith("chain 7 could not be started"));
  }

  @Test
  void itsOutputIsInTheLog() throws StartFailedException {
    ChildProcess echo =
        ChildProcess.start("echo", List.of("echo", "hello"), temp, temp.resolve("log"));
    assertTrue(Await.until(Duration.ofSeconds(10), () -> !echo.isAlive()));
    assertEquals("hello", echo.logTail());
  }

  @Test
  void oneThatWillNotEndIsKilled() throws StartFailedException {
    ChildProcess stubborn =
        ChildProcess.start(
            "stubborn",
            List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"),
            temp,
            temp.resolve("log"));
    assertTrue(Await.until(Duration.ofSeconds(10), () -> stubborn.logTail().contains("ready")));
    stubborn.close();
    assertFalse(stubborn.isAlive());
  }
}
