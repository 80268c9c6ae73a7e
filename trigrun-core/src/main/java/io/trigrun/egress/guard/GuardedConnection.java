package io.trigrun.egress.guard;

import io.trigrun.egress.EgressRefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of our client and, once that is allowed, the one to the target: read the head, judge
 * where it goes, connect, pass on. Carries one tunnel or one plain request. Used by the guard's
 * thread only.
 *
 * <p>Who shows no valid pass is hung up on without a word: an answer could be taken for that of a
 * target.
 */
final class GuardedConnection {
  private enum Stage {
    HEAD,
    RESOLVING,
    CONNECTING,
    RELAYING,
    CLOSED
  }

  /** A step that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.egress");
  private static final byte[] NOTHING = {};
  private static final byte[] ESTABLISHED =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final GuardLoop loop;
  private final SocketChannel client;
  private final HeadReader reader = new HeadReader();
  private Stage stage = Stage.HEAD;
  private long deadline;

  /** Set once there is one. */
  private @Nullable SelectionKey clientKey;

  private @Nullable Request request;
  private @Nullable Dial dial;
  private @Nullable Link link;

  /** What is to be done, and by whose leave. */
  private record Request(RequestHead head, Pass pass) {}

  /** The way to the target: what is left to try, and what is being tried until when. */
  private static final class Dial {
    final List<InetSocketAddress> addresses;
    int next;
    long deadline;
    @Nullable SocketChannel channel;
    IOException failure = new ConnectException("no address could be connected to");

    Dial(List<InetSocketAddress> addresses) {
      this.addresses = addresses;
    }
  }

  /** Both directions. */
  private record Link(SocketChannel target, SelectionKey targetKey, Relay up, Relay down) {}

  GuardedConnection(GuardLoop loop, SocketChannel client) {
    this.loop = loop;
    this.client = client;
    deadline = System.nanoTime() + loop.limits.head().toNanos();
  }

  /** Does a step; a failure ends this connection and no other. */
  void guarded(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      LOG.debug("A connection through the egress guard ends: {}", e.toString());
      close();
    } catch (RuntimeException e) {
      LOG.warn("A connection through the egress guard fails", e);
      close();
    }
  }

  void begin() throws IOException {
    clientKey = loop.register(client, SelectionKey.OP_READ, this);
  }

  void ready(SelectionKey key) throws IOException {
    switch (stage) {
      case HEAD -> readHead();
      case CONNECTING -> finishConnect(key);
      case RELAYING -> relay(key);
      default -> {} // an event that was on its way
    }
  }

  private void readHead() throws IOException {
    loop.shared.clear();
    if (client.read(loop.shared) < 0) {
      close();
      return;
    }
    loop.shared.flip();
    Optional<String> text = reader.take(loop.shared);
    if (text.isPresent()) {
      begin(RequestHead.parse(text.get()));
    }
  }

  private void begin(RequestHead head) throws IOException {
    Pass pass =
        loop.passes
            .apply(head.authorization())
            .orElseThrow(() -> new ProtocolException("no valid pass"));
    if (reader.rest().length > head.bodyLength()) { // a tunnel's is 0
      throw new ProtocolException("more than one request");
    }
    Request accepted = new Request(head, pass);
    request = accepted;
    stage = Stage.RESOLVING;
    deadline = System.nanoTime() + loop.limits.connect().toNanos();
    interest(clientKey, 0);
    long until = deadline;
    try {
      loop.resolvers.execute(() -> resolve(accepted, until));
    } catch (RejectedExecutionException e) {
      fail(new IOException("too many calls wait for a name server"));
    }
  }

  /** On a thread that may wait. What has waited too long for one is over: nobody is asked then. */
  private void resolve(Request accepted, long until) {
    if (System.nanoTime() - until >= 0) {
      return;
    }
    try {
      List<InetSocketAddress> addresses = loop.vetting.addresses(accepted.head().url());
      loop.execute(() -> guarded(() -> resolved(addresses)));
    } catch (IOException e) {
      loop.execute(() -> guarded(() -> fail(e)));
    } catch (RuntimeException e) { // of a name service of the host's
      loop.execute(() -> guarded(() -> fail(new IOException("the name could not be judged", e))));
    }
  }

  private void resolved(List<InetSocketAddress> addresses) throws IOException {
    if (stage == Stage.RESOLVING) {
      stage = Stage.CONNECTING;
      connectNext(new Dial(addresses));
    }
  }

  private void connectNext(Dial current) throws IOException {
    dial = current;
    while (current.next < current.addresses.size()) {
      long now = System.nanoTime();
      int left = current.addresses.size() - current.next;
      current.deadline = now + (deadline - now) / left;
      try {
        SocketChannel channel = SocketChannel.open();
        current.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(current.addresses.get(current.next++));
        SelectionKey key = loop.register(channel, SelectionKey.OP_CONNECT, this);
        if (connected) {
          connected(channel, key);
        }
        return;
      } catch (IOException e) {
        giveUp(current, e);
      }
    }
    fail(current.failure);
  }

  private static void giveUp(Dial current, IOException why) {
    ConnectException failure =
        new ConnectException(why.getMessage() == null ? "refused" : why.getMessage());
    failure.initCause(why);
    current.failure = failure;
    closeQuietly(current.channel);
  }

  private void finishConnect(SelectionKey key) throws IOException {
    Dial current = dial;
    if (current == null || current.channel == null || key.channel() != current.channel) {
      return;
    }
    try {
      current.channel.finishConnect();
    } catch (IOException e) {
      giveUp(current, e);
      connectNext(current);
      return;
    }
    connected(current.channel, key);
  }

  private void connected(SocketChannel target, SelectionKey targetKey) throws IOException {
    Request accepted = request;
    if (accepted == null) {
      throw new IllegalStateException("expected a request, got none");
    }
    boolean tunnel = accepted.head().tunnel();
    long allowed = tunnel ? Long.MAX_VALUE : accepted.head().bodyLength();
    Optional<CloseMarker> marker = tunnel ? Optional.empty() : Optional.of(new CloseMarker());
    Relay up = new Relay(client, target, allowed, Optional.empty());
    Relay down = new Relay(target, client, Long.MAX_VALUE, marker);
    Link both = new Link(target, targetKey, up, down);
    link = both;
    dial = null;
    request = null;
    stage = Stage.RELAYING;
    if (tunnel) {
      down.begin(ESTABLISHED, NOTHING);
    } else {
      up.begin(accepted.head().forwardedBytes(), reader.rest());
    }
    await(both);
  }

  private void relay(SelectionKey key) throws IOException {
    Link both = link;
    if (both == null) {
      return;
    }
    boolean ofTarget = key == both.targetKey();
    if (key.isReadable()) {
      (ofTarget ? both.down() : both.up()).pump(loop.shared);
    }
    if (key.isWritable()) {
      (ofTarget ? both.up() : both.down()).pump(loop.shared);
    }
    // Our client never half-closes: when it goes, it has given the call up.
    if (both.up().hasEnded() || (both.down().hasEnded() && !both.down().wantsToWrite())) {
      close();
    } else {
      await(both);
    }
  }

  private void await(Link both) {
    deadline = System.nanoTime() + loop.limits.idle().toNanos();
    interest(clientKey, ops(both.up().wantsToRead(), both.down().wantsToWrite()));
    interest(both.targetKey(), ops(both.down().wantsToRead(), both.up().wantsToWrite()));
  }

  private static int ops(boolean read, boolean write) {
    return (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
  }

  private static void interest(@Nullable SelectionKey key, int ops) {
    if (key != null && key.interestOps() != ops) {
      key.interestOps(ops);
    }
  }

  boolean isBeingMade() {
    return stage == Stage.HEAD || stage == Stage.RESOLVING || stage == Stage.CONNECTING;
  }

  /** Ends what has lasted too long. */
  void look(long now) throws IOException {
    if (now - deadline >= 0) {
      if (stage == Stage.RESOLVING || stage == Stage.CONNECTING) {
        fail(
            new HttpConnectTimeoutException(
                "no address and connection within " + loop.limits.connect().toMillis() + " ms"));
      } else {
        close();
      }
      return;
    }
    Dial current = dial;
    if (stage == Stage.CONNECTING && current != null && now - current.deadline >= 0) {
      giveUp(current, new ConnectException("no connection in time"));
      connectNext(current);
    }
  }

  /** Tells the pass, then the client, which may not see more than that it did not work. */
  private void fail(IOException why) throws IOException {
    Request accepted = request;
    if (accepted == null || stage == Stage.CLOSED) {
      return;
    }
    accepted.pass().fail(why);
    String status = why instanceof EgressRefusedException ? "403 Forbidden" : "502 Bad Gateway";
    Relay answer = new Relay(client, client, 0, Optional.empty());
    String text = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    answer.begin(text.getBytes(StandardCharsets.ISO_8859_1), NOTHING);
    close();
  }

  void close() {
    stage = Stage.CLOSED;
    closeQuietly(client);
    if (dial != null) {
      closeQuietly(dial.channel);
    }
    if (link != null) {
      closeQuietly(link.target());
    }
    loop.remove(this);
  }

  private static void closeQuietly(@Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("A socket could not be closed", e);
      }
    }
  }
}
