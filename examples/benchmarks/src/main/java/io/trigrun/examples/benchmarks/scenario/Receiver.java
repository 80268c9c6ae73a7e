package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.signing.WebhookVerifier;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The other side of the webhooks, in a JVM of its own: as little of an HTTP server as a client
 * needs, so that the processor is left to the client. Verifies every signature. Says its port, then
 * answers each line it reads: {@code reset}, or {@code report} with the number of genuine requests,
 * of different deliveries, of bad signatures and the nanoseconds since the first request.
 */
final class Receiver {

  private static final byte[] NO_CONTENT =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LINE = 8_192;

  private final WebhookVerifier verifier;
  private final AtomicInteger genuine = new AtomicInteger();
  private final AtomicInteger forged = new AtomicInteger();
  private final Set<String> deliveries = ConcurrentHashMap.newKeySet();
  private final AtomicLong firstAt = new AtomicLong();

  private Receiver(String secret) {
    verifier = WebhookVerifier.of(secret);
  }

  public static void main(String[] args) throws IOException {
    Receiver receiver = new Receiver(args[0]);
    try (ServerSocket server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress())) {
      daemon(() -> receiver.accept(server));
      System.out.println(server.getLocalPort());
      receiver.answerQuestions();
    }
  }

  private void answerQuestions() throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      if (line.equals("reset")) {
        genuine.set(0);
        forged.set(0);
        deliveries.clear();
        firstAt.set(0);
      }
      System.out.println(
          genuine
              + " "
              + deliveries.size()
              + " "
              + forged
              + " "
              + (System.nanoTime() - firstAt.get()));
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      System.err.println("receiver: " + e);
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      while (!line(in).isEmpty()) {
        Map<String, List<String>> headers = headers(in);
        byte[] body = in.readNBytes(Integer.parseInt(header(headers, "content-length")));
        count(body, headers);
        out.write(NO_CONTENT);
      }
    } catch (IOException e) { // the client has gone
    }
  }

  private void count(byte[] body, Map<String, List<String>> headers) {
    if (firstAt.get() == 0) {
      firstAt.compareAndSet(0, System.nanoTime());
    }
    if (verifier.verify(body, headers).isValid()) {
      genuine.incrementAndGet();
      deliveries.add(header(headers, "x-trigrun-delivery-id"));
    } else {
      forged.incrementAndGet();
    }
  }

  private static Map<String, List<String>> headers(InputStream in) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          List.of(line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private static String header(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    if (values == null) {
      throw new IllegalStateException("expected the header " + name + ", got " + headers.keySet());
    }
    return values.get(0);
  }

  /** A line without its end; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line[length++] = (byte) next;
      }
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }
}
