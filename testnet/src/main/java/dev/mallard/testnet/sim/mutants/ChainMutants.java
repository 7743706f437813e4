package dev.mallard.testnet.sim.mutants;

import dev.mallard.certify.Certificate;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainHealth;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.OutboxRead;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import dev.mallard.testnet.sim.World;
import dev.mallard.testnet.sim.chain.Application;
import dev.mallard.testnet.sim.chain.ChainContracts;
import dev.mallard.testnet.sim.chain.ChainObserver;
import dev.mallard.testnet.sim.chain.InboxRules;
import dev.mallard.testnet.sim.chain.Ledger;
import dev.mallard.testnet.sim.chain.Transfers;
import dev.mallard.testnet.sim.chain.VirtualChain;
import java.util.List;
import java.util.function.UnaryOperator;

/** Contracts and readers of the chain that are wrong. */
final class ChainMutants {
  private ChainMutants() {}

  /** An Inbox or application that is wrong, on both chains. */
  static Mutant contracts(UnaryOperator<ChainContracts> wrong) {
    return new Mutant() {
      @Override
      public VirtualChain chainOf(World world, int side, ChainObserver observer) {
        return world.newChain(side, observer, wrong.apply(world.soundContracts(side)));
      }
    };
  }

  /** Forgets what it had: every delivery is executed whole. */
  static ChainContracts recounting(ChainContracts sound) {
    return sound.with(
        new InboxRules() {
          @Override
          public int skip(long count, Delivery delivery) {
            return 0;
          }

          @Override
          public boolean isNext(long expected, long found) {
            return found <= expected;
          }

          @Override
          public boolean isSequenceNew(long last, long found) {
            return true;
          }

          @Override
          public boolean isCertified(Certificate certificate) {
            return sound.rules().isCertified(certificate);
          }
        });
  }

  /** Takes any certificate. */
  static ChainContracts trusting(ChainContracts sound) {
    return sound.with(certificate -> true);
  }

  /** Refunds whatever comes back. */
  static ChainContracts refundingAlways(ChainContracts sound) {
    return sound.with(
        new Application() {
          @Override
          public void onSend(OutboxEntry entry, Ledger ledger) {
            sound.application().onSend(entry, ledger);
          }

          @Override
          public boolean onMessage(OutboxEntry entry, Ledger ledger) {
            return sound.application().onMessage(entry, ledger);
          }

          @Override
          public boolean onReceipt(OutboxEntry sent, Outcome outcome, Ledger ledger) {
            if (Transfers.isTransfer(sent)) {
              ledger.refund(sent.index(), Transfers.amountOf(sent));
            }
            return true;
          }
        });
  }

  /** Takes what an RPC says for whole, whatever is missing. */
  static Mutant believingReader() {
    return new Mutant() {
      @Override
      public ChainConnector chain(SimReplica replica, ChainConnector sound) {
        return replica.believingConnector();
      }
    };
  }

  /** Takes the newest block for final. */
  static Mutant hastyReader() {
    return new Mutant() {
      @Override
      public ChainConnector chain(SimReplica replica, ChainConnector sound) {
        return new HastyReader(sound);
      }
    };
  }

  private static final class HastyReader implements ChainConnector {
    private final ChainConnector sound;

    HastyReader(ChainConnector sound) {
      this.sound = sound;
    }

    @Override
    public ChainHeads heads() throws ChainUnavailableException {
      BlockHead latest = sound.heads().latest();
      return new ChainHeads(latest, latest);
    }

    @Override
    public RsmId rsm() {
      return sound.rsm();
    }

    @Override
    public OutboxCursor start(StreamId stream) throws ChainUnavailableException {
      return sound.start(stream);
    }

    @Override
    public OutboxRead readOutbox(
        StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
        throws ChainUnavailableException {
      return sound.readOutbox(stream, cursor, sound.heads().finalized(), blocksMax);
    }

    @Override
    public InboxState inbox(StreamId stream, BlockRef at) throws ChainUnavailableException {
      return sound.inbox(stream, at);
    }

    @Override
    public List<InboxEvent> inboxEvents(StreamId incoming, long fromBlock, long toBlock)
        throws ChainUnavailableException {
      return sound.inboxEvents(incoming, fromBlock, toBlock);
    }

    @Override
    public StakeTable remoteStakeTable(RsmId source, Epoch epoch) throws ChainUnavailableException {
      return sound.remoteStakeTable(source, epoch);
    }

    @Override
    public DeliverySubmitter submitter(StreamId incoming) {
      return sound.submitter(incoming);
    }

    @Override
    public void onHeadHint(Runnable hint) {
      sound.onHeadHint(hint);
    }

    @Override
    public ChainHealth health() {
      return sound.health();
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
