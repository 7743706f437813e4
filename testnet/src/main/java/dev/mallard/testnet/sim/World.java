package dev.mallard.testnet.sim;

import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.certify.SignerCheck;
import dev.mallard.chain.Accumulator;
import dev.mallard.replica.ReplicaParts;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.store.MessageIndex;
import dev.mallard.testnet.sim.chain.ChainContracts;
import dev.mallard.testnet.sim.chain.ChainObserver;
import dev.mallard.testnet.sim.chain.RememberedAccumulator;
import dev.mallard.testnet.sim.chain.Supply;
import dev.mallard.testnet.sim.chain.VirtualChain;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Two chains, their replicas, and everything that can go wrong between them, in virtual time. */
public final class World implements VirtualNetwork.Arrivals {
  /** Bundles that readings under way may add beyond the window when a node is killed. */
  static final int READING_BUNDLES_MAX = 256;

  private static final int POLL_MILLIS = 500;

  private final SimPlan plan;
  private final Mutant mutant;
  private final Timeline time = new Timeline();
  private final Random random;
  private final Story story;
  private final Coverage coverage = new Coverage();
  private final RememberedAccumulator accumulator = new RememberedAccumulator();
  private final SimSignatures scheme = new SimSignatures();
  private final MessageIndex index = new SilentIndex();
  private final VirtualNetwork network;
  private final List<VirtualChain> chains = new ArrayList<>();
  private final List<Truth> truths = new ArrayList<>();
  private final List<CertificateVerifier> judges = new ArrayList<>();
  private final List<SimReplica> replicas = new ArrayList<>();
  private final Checkers checkers;
  private final Supply supply;
  private final List<SignerCheck> signers = new ArrayList<>();
  private final List<AckDigest> ackDigests = new ArrayList<>();
  private final List<AttestationDigest> attestationDigests = new ArrayList<>();
  private @Nullable Violation violation;

  World(SimPlan plan, Mutant mutant, boolean isTraced) {
    this.plan = plan;
    this.mutant = mutant;
    this.random = new Random(plan.seed() ^ 0x5DEECE66DL);
    this.story = new Story(time, plan, isTraced);
    this.network = new VirtualNetwork(time, random, plan.net(), plan.nodes(), this);
    for (int side = 0; side < 2; side++) {
      addSide(side);
    }
    this.supply = new Supply(chains.get(0), chains.get(1));
    ReceiveCheck receivers = new ReceiveCheck(this);
    List<TransmissionSchedule> schedules = schedules();
    this.checkers =
        new Checkers(
            List.of(
                receivers,
                new SourceCheck(this, receivers),
                new AckCheck(this),
                new CrossingCheck(this, schedules),
                new WalkCheck(this, schedules),
                new ChatterCheck(this),
                new ServingCheck(this),
                new FetchCheck(this),
                new SubmissionCheck(this),
                new BoundsCheck(this),
                new QueueCheck(this),
                new EvidenceCheck(this)),
            this::onViolation);
    for (int node = 0; node < plan.nodes(); node++) {
      replicas.add(new SimReplica(this, node, keyOf(node)));
    }
  }

  /** Of both streams, as everybody should compute them ([SCHED-5]). */
  private List<TransmissionSchedule> schedules() {
    StakeTable a = plan.sides().get(0).table();
    StakeTable b = plan.sides().get(1).table();
    int quantum = plan.c3b().quantum();
    return List.of(
        new TransmissionSchedule(a, b, quantum), new TransmissionSchedule(b, a, quantum));
  }

  private void addSide(int side) {
    StakeTable local = plan.sides().get(side).table();
    StakeTable remote = plan.sides().get(1 - side).table();
    RsmId id = local.rsm();
    truths.add(new Truth(new StreamId(id, remote.rsm()), local, accumulator));
    ackDigests.add(new AckDigest(id));
    attestationDigests.add(new AttestationDigest(id, inboxOf(side)));
    judges.add(new CertificateVerifier(remote, attestationDigests.get(side), scheme, accumulator));
    signers.add(new SignerCheck(local, scheme));
    ChainCheck check = new ChainCheck(this, side);
    chains.add(mutant.chainOf(this, side, check));
  }

  /** The contracts as they should be. */
  public ChainContracts soundContracts(int side) {
    return contracts(side, plan.sides().get(1 - side).table());
  }

  /** The contracts with another stake table of the source. */
  public ChainContracts contracts(int side, StakeTable source) {
    StakeTable local = plan.sides().get(side).table();
    return ChainContracts.of(local.rsm(), inboxOf(side), source, scheme, accumulator);
  }

  /** A chain with some contracts. */
  public VirtualChain newChain(int side, ChainObserver observer, ChainContracts contracts) {
    StakeTable remote = plan.sides().get(1 - side).table();
    return new VirtualChain(
        plan.sides().get(side).table().rsm(),
        remote.rsm(),
        remote,
        time,
        plan.sides().get(side).chain(),
        new Random(plan.seed() * 7 + side),
        observer,
        contracts);
  }

  private BridgeKey keyOf(int node) {
    long rsm = plan.sides().get(plan.sideOf(node)).table().rsm().value();
    return BridgeKey.of(scheme, SimSignatures.privateKey(rsm, plan.indexOf(node)));
  }

  /** The Inbox of a side's chain. */
  static BridgeAddress inboxOf(int side) {
    byte[] address = new byte[BridgeAddress.ADDRESS_BYTES];
    address[0] = (byte) (0xA0 + side);
    return BridgeAddress.of(address, 0);
  }

  void onViolation(Violation found) {
    if (violation == null) {
      violation = found;
    }
  }

  /** Ends the run with the first violation, wherever it was thrown. */
  void throwIfViolated() {
    Violation found = violation;
    if (found != null) {
      throw found;
    }
  }

  /** Everybody hears that everybody is there. */
  void reconnectAll() {
    for (SimReplica replica : replicas) {
      if (replica.isUp()) {
        connect(replica);
      }
    }
  }

  // --- processes ---

  void onUp(SimReplica replica) {
    story.tell(Story.Kind.STARTS, replica.node(), 0, "");
    connect(replica);
  }

  private void connect(SimReplica replica) {
    int life = replica.life();
    for (SimReplica other : replicas) {
      if (other != replica && other.side() == replica.side()) {
        time.after(
            plan.net().delayMillis(),
            () -> {
              if (replica.isUp() && replica.life() == life && other.isUp()) {
                replica.onConnected(other.node());
                other.onConnected(replica.node());
              }
            });
      }
    }
  }

  void onDown(SimReplica replica) {
    story.tell(Story.Kind.KILLED, replica.node(), 0, "");
  }

  @Override
  public boolean isUp(int node) {
    return replicas.get(node).isUp();
  }

  @Override
  public int life(int node) {
    return replicas.get(node).life();
  }

  @Override
  public void onMessage(int from, int to, PeerMessage message) {
    replicas.get(to).onMessage(from, message);
  }

  @Override
  public void onFate(int from, int to, PeerMessage message, Story.Fate fate, long until) {
    story.onFate(from, to, message, fate, until);
  }

  // --- how long things take ---

  private long upTo(int millis) {
    return millis == 0 ? 0 : random.nextInt(millis + 1);
  }

  long lagMillis() {
    return upTo(plan.machine().lagMillis());
  }

  long workMillis() {
    return upTo(plan.machine().workMillis());
  }

  long fsyncMillis() {
    return upTo(plan.machine().fsyncMillis());
  }

  long rpcMillis() {
    return upTo(plan.machine().rpcMillis());
  }

  long pollMillis() {
    return POLL_MILLIS;
  }

  // --- views ---

  /** What was decided beforehand. */
  public SimPlan plan() {
    return plan;
  }

  /** What is planted. */
  Mutant mutant() {
    return mutant;
  }

  /** State machines as a node makes them, but that what one has hashed another need not. */
  ReplicaParts parts() {
    return new ReplicaParts() {
      @Override
      public Accumulator accumulator() {
        return accumulator;
      }

      @Override
      public AckDigest ackDigest(RsmId source) {
        return ackDigests.get(sideOf(source));
      }

      @Override
      public AttestationDigest attestationDigest(RsmId destination, BridgeAddress inbox) {
        return attestationDigests.get(sideOf(destination));
      }
    };
  }

  /** Virtual time. */
  public Timeline time() {
    return time;
  }

  Random random() {
    return random;
  }

  /** What happened. */
  public Story story() {
    return story;
  }

  /** What was checked. */
  public Coverage coverage() {
    return coverage;
  }

  SimSignatures scheme() {
    return scheme;
  }

  MessageIndex index() {
    return index;
  }

  VirtualNetwork network() {
    return network;
  }

  Checkers checkers() {
    return checkers;
  }

  /** A side's chain. */
  public VirtualChain chain(int side) {
    return chains.get(side);
  }

  /** What a side has transmitted. */
  public Truth truth(int side) {
    return truths.get(side);
  }

  /** Judges certificates of what arrives at a side. */
  CertificateVerifier judge(int side) {
    return judges.get(side);
  }

  Supply supply() {
    return supply;
  }

  /** All replicas, by node number. */
  List<SimReplica> replicas() {
    return replicas;
  }

  /** A replica by node number. */
  public SimReplica replica(int node) {
    return replicas.get(node);
  }

  int nodeOf(ReplicaId id) {
    return plan.nodeOf(sideOf(id.rsm()), id.index());
  }

  private int sideOf(RsmId rsm) {
    return rsm.equals(plan.sides().get(0).table().rsm()) ? 0 : 1;
  }

  ReplicaId idOf(int node) {
    return new ReplicaId(plan.sides().get(plan.sideOf(node)).table().rsm(), plan.indexOf(node));
  }

  /** What acks are signed over that go to a side. */
  AckDigest ackDigest(int side) {
    return ackDigests.get(side);
  }

  boolean isSigned(SimReplica by, SignedAck ack) {
    return signers
        .get(by.side())
        .isSignedBy(
            by.index(),
            ackDigests.get(1 - by.side()).of(ack.stream(), ack.epoch(), ack.cumulative()),
            ack.signature());
  }

  boolean isSigned(int by, SignedAttestation attestation) {
    int side = plan.sideOf(by);
    return signers
        .get(side)
        .isSignedBy(
            plan.indexOf(by),
            attestationDigests.get(1 - side).of(attestation.attestation()),
            attestation.signature());
  }

  /** Whether nothing that crosses can get lost, so that nothing may be resent ([LOSS-1]). */
  boolean isLossless() {
    return plan.faults().isEmpty()
        && plan.net().isFaultless()
        && plan.liars().values().stream().allMatch(Act.HARMLESS::containsAll);
  }
}
