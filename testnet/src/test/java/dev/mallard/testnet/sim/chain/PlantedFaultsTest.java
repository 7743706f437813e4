package dev.mallard.testnet.sim.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.certify.Attestation;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.SimSignatures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Wrong contracts do harm, and the books show it. */
final class PlantedFaultsTest {
  private static final ChainProfile CALM = ChainProfile.calm(TwoChains.BLOCK_MILLIS, 2);

  private static TwoChains world(ChainContracts ofLeft, ChainContracts ofRight) {
    TwoChains world = new TwoChains(CALM, 3, ofLeft, ofRight);
    world.left.send(Transfers.good(5, 8));
    world.left.send(Transfers.reverting(6, 8));
    world.left.send(Transfers.good(7, 8));
    world.blocks(4);
    return world;
  }

  private static void submit(VirtualChain chain, Delivery delivery)
      throws ChainUnavailableException {
    chain.rpc(0).submitter(chain.incoming()).submit(delivery);
  }

  private static void assertCaught(String what, TwoChains world) {
    Exception caught = assertThrows(IllegalStateException.class, () -> world.blocks(1));
    assertTrue(String.valueOf(caught.getMessage()).contains(what), caught.getMessage());
  }

  @Test
  void anInboxThatDoesNotCheckTheCountExecutesTwice() throws ChainUnavailableException {
    InboxRules good = TwoChains.rules(1, 2);
    InboxRules countless =
        new InboxRules() {
          @Override
          public int skip(long count, Delivery delivery) {
            return 0;
          }

          @Override
          public boolean isNext(long expected, long found) {
            return true;
          }

          @Override
          public boolean isCertified(Certificate certificate) {
            return good.isCertified(certificate);
          }
        };
    TwoChains world = world(TwoChains.contracts(2, 1), TwoChains.contracts(1, 2).with(countless));
    submit(world.right, world.delivery(world.left, 1, 2, TwoChains.ENOUGH));
    world.blocks(1);
    submit(world.right, world.delivery(world.left, 1, 3, TwoChains.ENOUGH));
    assertCaught("1 transfers of stream 1-2 were executed twice", world);
  }

  @Test
  void anInboxThatVerifiesNothingExecutesWhatWasNeverSent() throws ChainUnavailableException {
    InboxRules blind = certificate -> true;
    TwoChains world = world(TwoChains.contracts(2, 1), TwoChains.contracts(1, 2).with(blind));
    List<OutboxEntry> forged = List.of(entry(1), entry(2), entry(3), entry(4));
    Attestation attestation =
        new Attestation(world.left.outgoing(), Epoch.FIRST, 4, 4, Hash32.ZERO, Hash32.ZERO);
    submit(world.right, world.certified(forged, attestation, 1));
    assertCaught("1 transfers of stream 1-2 were executed though not sent", world);
  }

  private static OutboxEntry entry(long index) {
    return Transfers.good(1000, 8).entry(index);
  }

  @Test
  void anInboxThatAcceptsAnOldEpochTakesItsCertificates() throws ChainUnavailableException {
    StakeTable now = TwoChains.table(1);
    StakeTable before = new StakeTable(now.rsm(), new Epoch(2), now.validators(), now.faultModel());
    CertificateVerifier ofBefore =
        new CertificateVerifier(
            before,
            new AttestationDigest(new RsmId(2), TwoChains.INBOX),
            new SimSignatures(),
            new KeccakAccumulator());
    InboxRules forgetful =
        new InboxRules() {
          @Override
          public boolean isEpochInForce(Epoch inForce, Epoch found) {
            return true;
          }

          @Override
          public boolean isCertified(Certificate certificate) {
            return ofBefore.isValid(certificate);
          }
        };
    TwoChains world = world(TwoChains.contracts(2, 1), TwoChains.contracts(1, 2).with(forgetful));
    submit(world.right, world.delivery(world.left, 1, 3, 3, new Epoch(2), TwoChains.ENOUGH));
    world.blocks(1);
    assertEquals(3, world.right.inboxLatest().count());
  }

  @Test
  void anApplicationThatRefundsTwiceMakesMoney() throws ChainUnavailableException {
    Transfers good = new Transfers();
    Application generous =
        new Application() {
          @Override
          public void onSend(OutboxEntry entry, Ledger ledger) {
            good.onSend(entry, ledger);
          }

          @Override
          public boolean onMessage(OutboxEntry entry, Ledger ledger) {
            return good.onMessage(entry, ledger);
          }

          @Override
          public boolean onReceipt(OutboxEntry sent, Outcome outcome, Ledger ledger) {
            good.onReceipt(sent, outcome, ledger);
            return good.onReceipt(sent, outcome, ledger);
          }
        };
    TwoChains world = world(TwoChains.contracts(2, 1).with(generous), TwoChains.contracts(1, 2));
    submit(world.right, world.delivery(world.left, 1, 3, TwoChains.ENOUGH));
    world.blocks(4);
    submit(world.left, world.delivery(world.right, 1, 1, TwoChains.ENOUGH));
    assertCaught("1 transfers of stream 1-2 were refunded twice", world);
  }

  @Test
  void anApplicationThatRefundsWhatWasExecutedIsSeen() throws ChainUnavailableException {
    Transfers good = new Transfers();
    Application confused =
        new Application() {
          @Override
          public void onSend(OutboxEntry entry, Ledger ledger) {
            good.onSend(entry, ledger);
          }

          @Override
          public boolean onMessage(OutboxEntry entry, Ledger ledger) {
            return good.onMessage(entry, ledger);
          }

          @Override
          public boolean onReceipt(OutboxEntry sent, Outcome outcome, Ledger ledger) {
            return good.onReceipt(sent, Outcome.FAILED, ledger);
          }
        };
    TwoChains world = world(TwoChains.contracts(2, 1).with(confused), TwoChains.contracts(1, 2));
    submit(world.right, world.delivery(world.left, 1, 3, TwoChains.ENOUGH));
    world.blocks(4);
    submit(world.left, world.delivery(world.right, 1, 1, TwoChains.ENOUGH));
    assertCaught("2 transfers of stream 1-2 were refunded though executed", world);
  }
}
