package io.trigrun.management;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.JdkInbound;
import io.trigrun.inbound.PingRoutes;
import io.trigrun.route.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends {@link RawRequests} to the routes on a server of the JDK, each on a connection. */
final class RawFuzz {

  static final String TOKEN = "fuzzing-fuzzing";

  private static final int CLIENTS = 4;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

  private RawFuzz() {}

  /**
   * What came back.
   *
   * @param answers how many
   * @param refused how many of them had a status of 400 or more
   * @param failed request and answer of each that had one of 500 or more
   */
  record Outcome(int answers, int refused, List<String> failed) {}

  static Outcome run(TrigRun trigrun, int count) throws Exception {
    BearerTokens tokens =
        BearerTokens.of(trigrun).withFixed(TOKEN, new Caller("x", "default", Role.WRITE));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      server.setExecutor(threads);
      JdkInbound.mount(
          server,
          "/v1",
          InboundRoutes.of(
              Management.routes(trigrun, tokens, "http://localhost"), PingRoutes.of(trigrun)));
      server.start();
      List<Callable<Outcome>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawRequests requests = new RawRequests(i, trigrun.host().routes());
        clients.add(() -> send(server.getAddress(), requests, count / CLIENTS));
      }
      int answers = 0;
      int refused = 0;
      List<String> failed = new ArrayList<>();
      for (Future<Outcome> client : threads.invokeAll(clients)) {
        answers += client.get().answers();
        refused += client.get().refused();
        failed.addAll(client.get().failed());
      }
      return new Outcome(answers, refused, failed);
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static Outcome send(InetSocketAddress server, RawRequests requests, int count)
      throws IOException {
    int answers = 0;
    int refused = 0;
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] request = requests.next();
      String answer = answer(server, request);
      Matcher status = STATUS.matcher(answer);
      while (status.find()) {
        int code = Integer.parseInt(status.group(1));
        answers++;
        refused += code >= 400 ? 1 : 0;
        if (code >= 500 && !isServersOwn(code, answer)) {
          failed.add(new String(request, ISO_8859_1) + "\n->\n" + answer);
        }
      }
    }
    return new Outcome(answers, refused, failed);
  }

  /** The JDK's own answer to another Transfer-Encoding than chunked, as RFC 9112 wants it. */
  private static boolean isServersOwn(int code, String answer) {
    return code == 501 && answer.contains("Unsupported Transfer-Encoding");
  }

  private static String answer(InetSocketAddress server, byte[] request) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      } catch (SocketException e) { // it has hung up on us, which is an answer, too
        return "";
      }
    }
  }
}
