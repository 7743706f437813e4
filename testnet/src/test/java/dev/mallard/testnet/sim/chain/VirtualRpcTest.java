package dev.mallard.testnet.sim.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualRpcTest {
  private static final int BLOCKS = 6;
  private static final int A_BLOCK = 3;
  private final TwoChains world = new TwoChains(ChainProfile.calm(TwoChains.BLOCK_MILLIS, 2), 1);
  private final VirtualRpc rpc = world.left.rpc(0);
  private final RpcFaults faults = world.left.faults(0);

  private void sendInBlocks() {
    for (int block = 0; block < BLOCKS; block++) {
      for (int i = 0; i < A_BLOCK; i++) {
        world.left.send(Transfers.good(1, 32));
      }
      world.blocks(1);
    }
    world.blocks(4);
  }

  private OutboxRead read(OutboxCursor cursor, int blocksMax) throws ChainUnavailableException {
    return rpc.readOutbox(world.left.outgoing(), cursor, rpc.heads().finalized(), blocksMax);
  }

  private OutboxCursor start() throws ChainUnavailableException {
    return rpc.start(world.left.outgoing());
  }

  @Test
  void theOutboxIsReadInSteps() throws ChainUnavailableException {
    sendInBlocks();
    OutboxCursor cursor = start();
    List<BlockEntries> all = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      OutboxRead.Progress progress = assertInstanceOf(OutboxRead.Progress.class, read(cursor, 2));
      assertEquals(2, progress.blocks().size());
      all.addAll(progress.blocks());
      cursor = progress.next();
    }
    assertEquals(world.left.finalizedEntries(), all);
    assertEquals(BLOCKS * A_BLOCK, cursor.count());
    assertEquals(world.left.accAt(cursor.count()), cursor.acc());
    assertEquals(world.left.heads().finalized().ref(), cursor.block());
    assertEquals(new OutboxRead.Progress(List.of(), cursor), read(cursor, 2));
  }

  @Test
  void onlyFinalBlocksAreRead() throws ChainUnavailableException {
    world.left.send(Transfers.good(1, 32));
    world.blocks(2);
    OutboxRead.Progress early = assertInstanceOf(OutboxRead.Progress.class, read(start(), 9));
    assertEquals(List.of(), early.blocks());
    world.blocks(1);
    OutboxRead.Progress late = assertInstanceOf(OutboxRead.Progress.class, read(start(), 9));
    assertEquals(1, late.blocks().size());
  }

  @Test
  void aMissingLogMakesAReadingSuspect() throws ChainUnavailableException {
    sendInBlocks();
    faults.on(new RpcFault.DropsLogs(100));
    int suspect = 0;
    for (int i = 0; i < 100; i++) {
      switch (read(start(), 32)) {
        case OutboxRead.Progress progress ->
            assertEquals(world.left.finalizedEntries(), progress.blocks());
        case OutboxRead.Suspect reading -> suspect++;
        case OutboxRead.FinalityBroken broken -> throw new AssertionError(broken);
      }
    }
    assertTrue(suspect > 50 && suspect < 100, suspect + " suspect readings of 100");
    assertEquals(suspect, rpc.health().suspectReads());
  }

  @Test
  void allLogsMissingIsSuspectToo() throws ChainUnavailableException {
    sendInBlocks();
    faults.on(new RpcFault.DropsLogs(1000));
    assertInstanceOf(OutboxRead.Suspect.class, read(start(), 32));
  }

  @Test
  void aCursorThatTheChainDoesNotHaveIsSuspect() throws ChainUnavailableException {
    sendInBlocks();
    OutboxCursor wrong = new OutboxCursor(start().block(), 1, Hash32.ZERO);
    assertInstanceOf(OutboxRead.Suspect.class, read(wrong, 32));
  }

  @Test
  void aStaleRpcWaitsUntilItIsNotBehindWhatWasSeen() throws ChainUnavailableException {
    world.blocks(10);
    BlockHead seen = rpc.heads().finalized();
    faults.during(new RpcFault.Stale(3), 10 * TwoChains.BLOCK_MILLIS);
    assertThrows(ChainUnavailableException.class, rpc::heads);
    world.blocks(3);
    assertEquals(seen, rpc.heads().finalized());
    BlockRef newest = world.left.heads().latest().ref();
    assertThrows(ChainUnavailableException.class, () -> rpc.inbox(world.left.incoming(), newest));
    world.blocks(8);
    assertSame(world.left.heads(), rpc.heads());
  }

  @Test
  void aRpcThatIsDownAnswersNothingAndComesBack() throws ChainUnavailableException {
    List<Long> hints = new ArrayList<>();
    rpc.onHeadHint(() -> hints.add(world.time.now()));
    faults.during(new RpcFault.Down(), 2 * TwoChains.BLOCK_MILLIS + 1);
    assertThrows(ChainUnavailableException.class, rpc::heads);
    assertThrows(ChainUnavailableException.class, () -> read(start(), 1));
    world.blocks(3);
    assertEquals(List.of(3 * TwoChains.BLOCK_MILLIS), hints);
    assertEquals(3, rpc.heads().latest().ref().number());
    rpc.close();
    world.blocks(1);
    assertEquals(1, hints.size());
  }

  @Test
  void errorsComeAsOftenAsSaid() {
    faults.on(new RpcFault.Errors(300));
    int errors = 0;
    for (int i = 0; i < 1000; i++) {
      try {
        rpc.heads();
      } catch (ChainUnavailableException e) {
        errors++;
      }
    }
    assertTrue(errors > 230 && errors < 370, errors + " errors of 1000");
    faults.heal();
    assertTrue(faults.isHealthy());
  }

  @Test
  void finalityBreaksOnlyWhereAFaultSaysSo() throws ChainUnavailableException {
    sendInBlocks();
    OutboxCursor cursor = start();
    faults.during(new RpcFault.BreaksFinality(), 1);
    assertInstanceOf(OutboxRead.FinalityBroken.class, read(cursor, 32));
    world.blocks(1);
    assertInstanceOf(OutboxRead.Progress.class, read(cursor, 32));
  }

  @Test
  void aReplacedBlockIsNotKnownAnyMore() throws ChainUnavailableException {
    world.blocks(5);
    BlockRef replaced = rpc.heads().latest().ref();
    assertEquals(replaced, rpc.inbox(world.left.incoming(), replaced).at());
    world.left.reorg(1);
    assertThrows(ChainUnavailableException.class, () -> rpc.inbox(world.left.incoming(), replaced));
  }

  @Test
  void theStakeTableIsThatOfTheOtherChain() throws ChainUnavailableException {
    assertEquals(TwoChains.table(2), rpc.remoteStakeTable(new RsmId(2), Epoch.FIRST));
    assertThrows(
        ChainUnavailableException.class, () -> rpc.remoteStakeTable(new RsmId(2), new Epoch(2)));
  }
}
