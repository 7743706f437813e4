package dev.mallard.testnet.demo;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import dev.mallard.testnet.demo.Evidence.KillWindow;
import dev.mallard.testnet.demo.Settled.Stage;
import dev.mallard.testnet.demo.StreamEvidence.DeliveryTransaction;
import dev.mallard.testnet.demo.StreamEvidence.Execution;
import dev.mallard.testnet.demo.Transfer.Asset;
import dev.mallard.testnet.demo.Transfer.Phase;
import dev.mallard.testnet.demo.Transfer.Purpose;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What a run without any fault has to show, to be spoilt by tests. */
final class Runs {
  static final StreamId OUT = new StreamId(new RsmId(31_337), new RsmId(31_338));
  static final StreamId BACK = new StreamId(new RsmId(31_338), new RsmId(31_337));
  static final KillWindow WINDOW = new KillWindow(1_000, 1_010);

  private Runs() {}

  static Evidence good() {
    return new Evidence(
        List.of(
            settled(1, Purpose.SUCCEED, TransferState.EXECUTED),
            settled(2, Purpose.REVERT, TransferState.REFUNDED)),
        List.of(
            new StreamEvidence(
                OUT,
                List.of(1L, 2L, 3L),
                List.of(delivery(900, true, 1, 2), delivery(1_005, true, 3, 3)),
                List.of(
                    new Execution(1, Outcome.EXECUTED),
                    new Execution(2, Outcome.FAILED),
                    new Execution(3, Outcome.EXECUTED))),
            new StreamEvidence(
                BACK,
                List.of(1L),
                List.of(delivery(901, true, 1, 1)),
                List.of(new Execution(1, Outcome.EXECUTED)))),
        List.of(supply(100, 100, 7, 7)),
        List.of(node("node-31337-0", true, true, true), node("node-31338-0", true, false, false)),
        new BundleCounts(3, 3, 0),
        new BundleCounts(4, 5, 1),
        WINDOW);
  }

  static Settled settled(long index, Purpose purpose, TransferState state) {
    Transfer transfer =
        new Transfer(
            OUT, index, "0x01", Asset.NATIVE, BigInteger.TEN, purpose, Phase.FAULT_FREE, 10_000);
    return new Settled(
        transfer,
        state,
        Map.of(Stage.SENT, 10_000L, Stage.FINALIZED, 12_000L, Stage.EXECUTED, 13_500L));
  }

  static DeliveryTransaction delivery(long seconds, boolean successful, long first, long last) {
    return new DeliveryTransaction(
        "0xd" + seconds, seconds, seconds, "0xab", successful, first, last);
  }

  static SupplyEvidence supply(long before, long circulating, long locked, long wrapped) {
    return new SupplyEvidence(
        "token",
        BigInteger.valueOf(before),
        BigInteger.valueOf(circulating),
        BigInteger.valueOf(locked),
        BigInteger.valueOf(wrapped));
  }

  static NodeEvidence node(String name, boolean ready, boolean killed, boolean caughtUp) {
    return new NodeEvidence(
        name, "http://127.0.0.1:1", ready, ready ? "" : "peers: none", killed, caughtUp, 200, 1.5);
  }

  static Evidence withTransfers(List<Settled> transfers) {
    Evidence e = good();
    return new Evidence(
        transfers, e.streams(), e.supplies(), e.nodes(), e.faultFree(), e.all(), e.killWindow());
  }

  static Evidence withStream(StreamEvidence stream) {
    Evidence e = good();
    return new Evidence(
        e.transfers(),
        List.of(stream, e.streams().get(1)),
        e.supplies(),
        e.nodes(),
        e.faultFree(),
        e.all(),
        e.killWindow());
  }

  static Evidence withSupply(SupplyEvidence supply) {
    Evidence e = good();
    return new Evidence(
        e.transfers(),
        e.streams(),
        List.of(supply),
        e.nodes(),
        e.faultFree(),
        e.all(),
        e.killWindow());
  }

  static Evidence withNodes(NodeEvidence... nodes) {
    Evidence e = good();
    return new Evidence(
        e.transfers(),
        e.streams(),
        e.supplies(),
        List.of(nodes),
        e.faultFree(),
        e.all(),
        e.killWindow());
  }

  static Evidence withFaultFree(BundleCounts counts) {
    Evidence e = good();
    return new Evidence(
        e.transfers(), e.streams(), e.supplies(), e.nodes(), counts, e.all(), e.killWindow());
  }
}
