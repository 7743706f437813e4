package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running network: two chains and a bridge node process for each of their validators. Closing it
 * ends every process by its id.
 */
public final class LocalNetwork implements AutoCloseable {
  private final NetworkFolder folder;
  private final HttpClient http = NodeApi.newHttpClient();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<ChildProcess> chains = new ArrayList<>();
  private final List<List<ChildProcess>> nodes = new ArrayList<>();
  private NetworkState state;

  LocalNetwork(NetworkFolder folder, NetworkState state) {
    this.folder = folder;
    this.state = state;
  }

  /**
   * A network that another process started, to look at and talk to: {@link #close}, killing and
   * restarting are for the one that started it and for {@link NetworkStop}.
   *
   * @throws IOException if there is none in the folder
   */
  public static LocalNetwork view(NetworkFolder folder) throws IOException {
    return new LocalNetwork(
        folder,
        NetworkStateFile.read(folder)
            .orElseThrow(() ->
                new IOException(
                    "no network in "
                        + folder.root()
                        + "; start one with `mallard testnet up` or name its folder with --dir")));
  }

  /** Where it lives. */
  public NetworkFolder folder() {
    return folder;
  }

  /** What runs now. */
  public synchronized NetworkState state() {
    return state;
  }

  /** The REST interface of a node. */
  public NodeApi api(NetworkState.Node node) {
    return new NodeApi(node.restUrl(), http);
  }

  /** The process of a node. */
  public synchronized ChildProcess process(int side, int index) {
    return nodes.get(side).get(index);
  }

  /** Ends a node as a power cut would. */
  public void killNode(int side, int index) {
    process(side, index).killNow();
  }

  /** Starts a node again that has ended; does not wait until it is ready. */
  public void restartNode(int side, int index) throws StartFailedException, IOException {
    restartNode(side, index, JavaCommand.MAIN);
  }

  /**
   * As above, as another program.
   *
   * @param main its class, on the class path of this one; its arguments are a node's
   */
  public synchronized void restartNode(int side, int index, String main)
      throws StartFailedException, IOException {
    NetworkState.Node node = state.sides().get(side).nodes().get(index);
    ChildProcess process =
        NodeStart.process(
            main, node.process().name(), java.nio.file.Path.of(node.config()), folder);
    nodes.get(side).set(index, process);
    refuseIfClosed(process);
    List<NetworkState.Node> changed = new ArrayList<>(state.sides().get(side).nodes());
    changed.set(index, node.withProcess(process));
    saveSide(side, state.sides().get(side).withNodes(changed));
  }

  /** A chain's process runs; it may not answer yet. */
  synchronized void onChain(ChildProcess process) throws StartFailedException {
    chains.add(process);
    nodes.add(new ArrayList<>());
    refuseIfClosed(process);
  }

  /** A node's process runs; it may not answer yet. */
  synchronized void onNode(int side, ChildProcess process) throws StartFailedException {
    nodes.get(side).add(process);
    refuseIfClosed(process);
  }

  /** What starts while all is being stopped would outlive it. */
  private void refuseIfClosed(ChildProcess process) throws StartFailedException {
    if (closed.get()) {
      process.close();
      throw new StartFailedException("stopped while " + process.name() + " was starting");
    }
  }

  synchronized void saveSide(int side, NetworkState.Side changed) throws IOException {
    List<NetworkState.Side> sides = new ArrayList<>(state.sides());
    if (side == sides.size()) {
      sides.add(changed);
    } else {
      sides.set(side, changed);
    }
    save(new NetworkState(state.format(), state.ready(), state.stakes(), sides));
  }

  synchronized void saveReady() throws IOException {
    save(new NetworkState(state.format(), true, state.stakes(), state.sides()));
  }

  private void save(NetworkState changed) throws IOException {
    if (closed.get()) {
      throw new IOException("stopped");
    }
    state = changed;
    NetworkStateFile.write(folder, changed);
  }

  /** Whether {@link #close} was called: what fails from then on fails because of that. */
  public boolean isClosed() {
    return closed.get();
  }

  /** Ends all processes; the folder stays. May be called twice and from a shutdown hook. */
  @Override
  public void close() {
    closed.set(true);
    List<ChildProcess> all = new ArrayList<>();
    synchronized (this) {
      nodes.forEach(all::addAll);
      all.addAll(chains);
    }
    NetworkStop.stop(all);
    http.close();
  }
}
