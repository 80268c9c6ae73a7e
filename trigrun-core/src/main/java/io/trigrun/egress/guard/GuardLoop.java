package io.trigrun.egress.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guard's thread: moves the bytes of all connections and never waits for one of them. */
final class GuardLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.egress");
  private static final int BACKLOG = 1024;
  private static final int BUFFER = 64 * 1024;

  /** How exact deadlines are while connections are being made, and how exact else. */
  private static final long BRISK_MILLIS = 20;

  private static final long CALM_MILLIS = 1_000;

  final Function<String, Optional<Pass>> passes;
  final Vetting vetting;
  final Executor resolvers;
  final GuardLimits limits;

  /** Borrowed by whoever is being served. */
  final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER);

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final InetSocketAddress address;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<GuardedConnection> connections = new HashSet<>();
  private boolean brisk;
  private long nextSweep = System.nanoTime();
  private volatile boolean closed;

  GuardLoop(
      Function<String, Optional<Pass>> passes,
      Vetting vetting,
      Executor resolvers,
      GuardLimits limits)
      throws IOException {
    this.passes = passes;
    this.vetting = vetting;
    this.resolvers = resolvers;
    this.limits = limits;
    selector = Selector.open();
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_ACCEPT);
      address = (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      channel.close();
      selector.close();
      throw e;
    }
    listener = channel;
  }

  InetSocketAddress address() {
    return address;
  }

  boolean isOpen() {
    return !closed && listener.isOpen();
  }

  /** Ends the thread and all connections. From any thread. */
  void close() {
    closed = true;
    selector.wakeup();
  }

  /** Has it done by the guard's thread. From any thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        selector.select(this::ready, pause());
        runTasks();
        sweep();
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("The egress guard fails; it is opened anew for the next request", e);
    } finally {
      closed = true;
      end();
    }
  }

  private long pause() {
    if (brisk) {
      return BRISK_MILLIS;
    }
    return connections.isEmpty() ? 0 : CALM_MILLIS; // with 0 until something happens
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof GuardedConnection connection) {
      connection.guarded(() -> connection.ready(key));
    } else {
      accept(key);
    }
  }

  private void accept(SelectionKey key) {
    try {
      SocketChannel client = listener.accept();
      while (client != null) {
        add(client);
        client = listener.accept();
      }
    } catch (IOException e) { // too many files are open: others have to be closed first
      LOG.warn("The egress guard can't accept a connection: {}", e.toString());
      key.interestOps(0);
      beBrisk();
    }
  }

  private void add(SocketChannel client) throws IOException {
    if (connections.size() >= limits.connections()) {
      LOG.warn("The egress guard has {} connections and accepts no more", connections.size());
      client.close();
      return;
    }
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    GuardedConnection connection = new GuardedConnection(this, client);
    connections.add(connection);
    connection.guarded(connection::begin);
    beBrisk();
  }

  private void beBrisk() {
    if (!brisk) {
      brisk = true;
      nextSweep = System.nanoTime() + BRISK_MILLIS * 1_000_000;
    }
  }

  SelectionKey register(SocketChannel channel, int ops, GuardedConnection connection)
      throws IOException {
    return channel.register(selector, ops, connection);
  }

  void remove(GuardedConnection connection) {
    connections.remove(connection);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    if (now - nextSweep < 0) {
      return;
    }
    brisk = false;
    for (GuardedConnection connection : List.copyOf(connections)) {
      connection.guarded(() -> connection.look(now));
      brisk |= connection.isBeingMade();
    }
    selector.keys().stream()
        .filter(key -> key.isValid() && key.attachment() == null)
        .forEach(key -> key.interestOps(SelectionKey.OP_ACCEPT));
    nextSweep = now + (brisk ? BRISK_MILLIS : CALM_MILLIS) * 1_000_000;
  }

  private void end() {
    List.copyOf(connections).forEach(GuardedConnection::close);
    try {
      listener.close();
      selector.close();
    } catch (IOException e) {
      LOG.debug("The egress guard could not close its port", e);
    }
  }
}
