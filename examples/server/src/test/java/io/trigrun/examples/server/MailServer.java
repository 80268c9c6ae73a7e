package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Takes mail by SMTP, one connection after another. */
final class MailServer implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

  MailServer() throws IOException {
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "smtp://127.0.0.1:" + socket.getLocalPort();
  }

  BlockingQueue<String> mails() {
    return mails;
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          converse(client);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    say(client, "220 here");
    String line = in.readLine();
    while (line != null) {
      if (line.equals("DATA")) {
        say(client, "354 go on");
        StringBuilder mail = new StringBuilder();
        for (String next = in.readLine(); !".".equals(next); next = in.readLine()) {
          mail.append(next).append('\n');
        }
        mails.add(mail.toString());
      }
      say(client, line.equals("QUIT") ? "221 bye" : "250 fine");
      line = in.readLine();
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + "\r\n").getBytes(US_ASCII));
    client.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
