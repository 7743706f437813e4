package dev.mallard.chain.evm;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A port in front of another one, whose connections can be cut. */
final class TcpRelay implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final int target;
  private volatile boolean refusing;
  private volatile boolean muted;

  TcpRelay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    executor.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** New connections are closed at once. */
  void refuse(boolean now) {
    refusing = now;
  }

  /** Connections stand, but nothing passes any more. */
  void mute(boolean now) {
    muted = now;
  }

  void cutAll() {
    for (Socket socket : sockets) {
      quietlyClose(socket);
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cutAll();
    executor.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket here = server.accept();
        connections.incrementAndGet();
        if (refusing) {
          quietlyClose(here);
          continue;
        }
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(here);
        sockets.add(there);
        executor.execute(() -> pump(here, there));
        executor.execute(() -> pump(there, here));
      } catch (IOException e) {
        // closed, or the target is away: the next connection tells
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      byte[] buffer = new byte[1 << 14];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!muted) {
          to.getOutputStream().write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // cut
    } finally {
      quietlyClose(to);
    }
  }

  private static void quietlyClose(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }
}
