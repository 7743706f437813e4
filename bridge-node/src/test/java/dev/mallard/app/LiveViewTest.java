package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.api.NodeStatus;
import dev.mallard.bundle.Blocks;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Stake;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node shows before it knows who validates. */
class LiveViewTest {
  private static final BridgeAddress KEY =
      BridgeAddress.fromHex("0x00000000000000000000000000000000000a11ce");

  @AutoClose private BridgeStore store;
  private LiveView view;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    store =
        BridgeStore.open(
            folder,
            new StoreIdentity(
                Blocks.STREAM.source(), KEY, List.of(Blocks.STREAM, Blocks.STREAM.reverse())),
            StoreLimits.defaults());
    view =
        new LiveView(
            Blocks.STREAM.source(),
            KEY,
            new FakeChain(Blocks.STREAM.source()),
            new ChainBoard(30),
            store,
            "test",
            7);
  }

  private NodeStatus.Health row(String component) {
    return view.status().health().stream()
        .filter(row -> row.component().equals(component))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theStartIsARowOfItsOwnThatSaysWhatIsWaitedFor() {
    assertEquals("starting", row("start").detail());
    view.onWaiting("the validators file is of another chain");
    assertFalse(row("start").ok());
    assertEquals("the validators file is of another chain", row("start").detail());
    assertFalse(row("start").remedy().isEmpty());
    assertTrue(row("store").ok());
  }

  @Test
  void nobodyIsAPeerAndNothingAtStakeYet() {
    assertEquals(KEY, view.status().identity().key());
    assertEquals(Stake.ZERO, view.status().identity().total());
    assertEquals(7, view.status().startedMillis());
    assertTrue(view.status().sources().isEmpty());
    assertTrue(view.peers().isEmpty());
  }
}
