package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that answers each command as told: by its first word, {@code CONNECT} for the
 * greeting, {@code .} for the end of the mail. An empty answer closes the connection, {@code HANG}
 * is no answer at all. With an {@code SSLContext} it offers STARTTLS.
 */
final class FakeSmtp implements AutoCloseable {

  static final String HANG = "HANG";

  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<String> overTls = new CopyOnWriteArrayList<>();
  final List<String> mail = new CopyOnWriteArrayList<>();
  private final Optional<SSLContext> upgrade;
  private final ServerSocket server;
  private final Map<String, String> answers;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  FakeSmtp(Map<String, String> answers) {
    this(answers, ServerSocketFactory.getDefault());
  }

  FakeSmtp(Map<String, String> answers, SSLContext upgrade) {
    this(answers, ServerSocketFactory.getDefault(), Optional.of(upgrade));
  }

  FakeSmtp(Map<String, String> answers, ServerSocketFactory sockets) {
    this(answers, sockets, Optional.empty());
  }

  private FakeSmtp(
      Map<String, String> answers, ServerSocketFactory sockets, Optional<SSLContext> upgrade) {
    this.answers = answers;
    this.upgrade = upgrade;
    try {
      server = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "fake-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  String url(String login) {
    return "smtp://" + login + "127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        open.add(socket);
        if (answer(socket, "CONNECT", "220 fake")) {
          talk(socket, false);
        }
      } catch (IOException e) {
        // the client, or the test, has hung up
      }
    }
  }

  private void talk(Socket socket, boolean tls) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    boolean data = false;
    boolean more = true;
    while (more) {
      String line = in.readLine();
      if (line == null) {
        return;
      }
      if (data && !line.equals(".")) {
        mail.add(line);
        continue;
      }
      (tls ? overTls : commands).add(line);
      String word = line.split(" ", 2)[0];
      String usual =
          switch (word) {
            case "EHLO" ->
                upgrade.isPresent() && !tls
                    ? "250-fake\r\n250-STARTTLS\r\n250 AUTH PLAIN"
                    : "250-fake\r\n250 AUTH PLAIN";
            case "STARTTLS" -> "220 go on";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 fine";
          };
      more = answer(socket, word, usual);
      data = word.equals("DATA") && !answers.containsKey("DATA");
      if (more && !tls && upgrade.isPresent() && isUpgraded(word)) {
        talk(upgraded(socket), true);
        return;
      }
    }
  }

  private boolean isUpgraded(String word) {
    return word.equals("STARTTLS") && answers.getOrDefault(word, "220").startsWith("220");
  }

  private Socket upgraded(Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            upgrade
                .orElseThrow()
                .getSocketFactory()
                .createSocket(socket, "127.0.0.1", socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    open.add(secure);
    return secure;
  }

  private boolean answer(Socket socket, String word, String usual) throws IOException {
    String answer = answers.getOrDefault(word, usual);
    if (!answer.equals(HANG) && !answer.isEmpty()) {
      socket.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }
    return !answer.isEmpty();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
