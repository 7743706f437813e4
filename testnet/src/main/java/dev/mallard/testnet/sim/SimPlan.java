package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.chain.ChainProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Everything that is decided before a run; with the seed it decides the run.
 *
 * @param sides the two RSMs; nodes are numbered through, those of the first side first
 * @param faults until {@code healAtMillis}, then all but crashes for ever are over
 * @param liars Byzantine nodes and what they do; they go on after healing
 */
public record SimPlan(
    long seed,
    List<Side> sides,
    C3bParameters c3b,
    int takeoverBlocks,
    int retentionBundles,
    NetPlan net,
    MachinePlan machine,
    TrafficPlan traffic,
    List<Fault> faults,
    Map<Integer, Set<Act>> liars,
    long healAtMillis) {

  /** One RSM: who validates, and how its chain behaves. */
  public record Side(StakeTable table, ChainProfile chain) {}

  public SimPlan {
    sides = List.copyOf(sides);
    faults = List.copyOf(faults);
    liars = Map.copyOf(liars);
  }

  /** All replicas of both sides. */
  public int nodes() {
    return sides.get(0).table().size() + sides.get(1).table().size();
  }

  /** Which side a node belongs to. */
  public int sideOf(int node) {
    return node < sides.get(0).table().size() ? 0 : 1;
  }

  /** A node's index in its stake table. */
  public int indexOf(int node) {
    return sideOf(node) == 0 ? node : node - sides.get(0).table().size();
  }

  /** The node of a replica. */
  public int nodeOf(int side, int index) {
    return side == 0 ? index : index + sides.get(0).table().size();
  }

  /** Whether a node is down from some time on. */
  public boolean isLostForEver(int node) {
    return faults.stream()
        .anyMatch(f ->
            f instanceof Fault.Crash crash && crash.node() == node && f.to() == Fault.FOR_EVER);
  }

  /** Whether nothing at all goes wrong: no fault, no liar, and a network that only delays. */
  public boolean isFaultless() {
    return faults.isEmpty() && liars.isEmpty() && net.isFaultless();
  }

  /** Whether a side's chain keeps its blocks and its pool does what it should. */
  public boolean isCalm(int side) {
    ChainProfile chain = sides.get(side).chain();
    return chain.equals(ChainProfile.calm(chain.blockMillis(), chain.finalityBlocks()));
  }

  /**
   * Whether a takeover waits long enough: T blocks outlast a bundle's broadcast to the replica
   * whose turn it is, its submission, the block that takes it and the news of it. Otherwise two may
   * pay though nothing is wrong ([DLV-2]).
   */
  public boolean isTakeoverPatient(int side) {
    long broadcast = (long) net.delayMillis() + net.jitterMillis() + machine.workMillis();
    boolean mayWait = machine.journalCommits() < MachinePlan.JOURNAL_COMMITS_MAX;
    long disk = 2L * machine.fsyncMillis() + (mayWait ? 4L * c3b.tickMillis() : 0);
    long submission = 2L * (machine.rpcMillis() + sides.get(side).chain().blockMillis());
    return (long) takeoverBlocks * sides.get(side).chain().blockMillis()
        > broadcast + disk + submission + 5L * machine.lagMillis();
  }

  /** A few lines for people. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (int side = 0; side < 2; side++) {
      StakeTable table = sides.get(side).table();
      text.append(side == 0 ? "a: " : "b: ")
          .append(table.stakes().stream().map(Object::toString).toList())
          .append(" u=")
          .append(table.faultModel().u())
          .append(" r=")
          .append(table.faultModel().r())
          .append(' ')
          .append(sides.get(side).chain())
          .append('\n');
    }
    text.append(net).append('\n').append(machine).append('\n').append(traffic).append('\n');
    faults.stream()
        .sorted(Comparator.comparingLong(Fault::from))
        .forEach(f -> text.append(f).append('\n'));
    new TreeMap<>(liars)
        .forEach((node, acts) ->
            text.append("liar ").append(nameOf(node)).append(' ').append(acts).append('\n'));
    return text.append("healed at ").append(healAtMillis).append(" ms").toString();
  }

  /** {@code a0}, {@code b3}: side and index. */
  public String nameOf(int node) {
    return (sideOf(node) == 0 ? "a" : "b") + indexOf(node);
  }

  /** All nodes of a side. */
  public IntStream nodesOf(int side) {
    return IntStream.range(0, sides.get(side).table().size()).map(i -> nodeOf(side, i));
  }
}
