package io.trigrun.notify.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of one exchange, closed when its time is up. A timeout of the socket's own counts
 * from byte to byte, and writing has none: a server that sends a byte now and then would hold a
 * thread for as long as it likes.
 */
final class SmtpSockets extends SocketFactory implements AutoCloseable {

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Boolean> timeUp = new CompletableFuture<>();

  SmtpSockets(Duration timeout) {
    timeUp.completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
    var unused = timeUp.thenAccept(up -> open.forEach(SmtpSockets::close));
  }

  boolean isTimeUp() {
    return timeUp.getNow(false);
  }

  /** Ends the wait; whoever made the sockets has closed them. */
  @Override
  public void close() {
    timeUp.complete(false);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use any more, closed or not
    }
  }

  private Socket watched(Socket socket) {
    open.add(socket);
    if (isTimeUp()) {
      close(socket);
    }
    return socket;
  }

  @Override
  public Socket createSocket() {
    return watched(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return watched(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return watched(new Socket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return watched(new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return watched(new Socket(host, port, local, localPort));
  }

  /** TLS over sockets that are watched, too: what lies below is closed without a farewell. */
  SSLSocketFactory tls(SSLSocketFactory factory) {
    return new Layered(factory);
  }

  private final class Layered extends SSLSocketFactory {

    private final SSLSocketFactory factory;

    private Layered(SSLSocketFactory factory) {
      this.factory = factory;
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      return factory.createSocket(watched(below), host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return watched(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return watched(factory.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return watched(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return watched(factory.createSocket(host, port, local, localPort));
    }
  }
}
