package io.trigrun.contract.http;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.JdkInbound;
import io.trigrun.management.Authorizer;
import io.trigrun.management.BearerTokens;
import io.trigrun.management.Caller;
import io.trigrun.management.Management;
import io.trigrun.route.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A client of the HTTP surface for management of a TrigRun, which it starts on a port of its own.
 * Every answer to a route is compared with the OpenAPI document: one that is not as documented
 * fails the test.
 */
public final class ManagementClient implements AutoCloseable {

  /** A token that may write in the workspace {@code default}. */
  public static final String WRITER = "writer-of-default";

  /** A token that may read in the workspace {@code default}. */
  public static final String READER = "reader-of-default";

  /** A token that may write in another workspace. */
  public static final String STRANGER = "writer-of-another";

  /** The base of URLs in answers. */
  public static final String PUBLIC_URL = "https://jobs.example.com";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Documented documented;
  private final String token;

  private ManagementClient(HttpServer server, Documented documented, String token) {
    this.server = server;
    this.documented = documented;
    this.token = token;
  }

  /** With the tokens above, and the public routes that are given. */
  public static ManagementClient of(TrigRun trigrun, InboundRoutes... open) {
    BearerTokens tokens =
        BearerTokens.of(trigrun)
            .withFixed(WRITER, new Caller("writer", "default", Role.WRITE))
            .withFixed(READER, new Caller("reader", "default", Role.READ))
            .withFixed(STRANGER, new Caller("stranger", "another", Role.WRITE));
    return withCallers(trigrun, tokens, open);
  }

  /** With callers of the test's. */
  public static ManagementClient withCallers(
      TrigRun trigrun, Authorizer authorizer, InboundRoutes... open) {
    Management management = Management.routes(trigrun, authorizer, PUBLIC_URL).documenting(open);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ManagementClient client =
          new ManagementClient(server, new Documented(management.openApi()), WRITER);
      server.setExecutor(client.threads);
      InboundRoutes all = InboundRoutes.of(management, InboundRoutes.of(open));
      JdkInbound.mount(server, "/v1", all);
      server.start();
      return client;
    } catch (IOException e) {
      throw new IllegalStateException("expected a port on loopback", e);
    }
  }

  /** The same server with another token; closed with this one. */
  public ManagementClient as(String other) {
    return new ManagementClient(server, documented, other);
  }

  /** What the document says. */
  public Documented documented() {
    return documented;
  }

  /** {@code GET}. */
  public Reply get(String target) {
    return send("GET", target, "");
  }

  /** {@code POST}; an empty body is none. */
  public Reply post(String target, String body, String... headers) {
    return send("POST", target, body, headers);
  }

  /** {@code PATCH}. */
  public Reply patch(String target, String body, String... headers) {
    return send("PATCH", target, body, headers);
  }

  /** {@code DELETE}. */
  public Reply delete(String target, String... headers) {
    return send("DELETE", target, "", headers);
  }

  /**
   * Sends a request.
   *
   * @param target below {@code /v1}
   * @param headers names and values, in turn
   */
  public Reply send(String method, String target, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1" + target))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .setHeader("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      Reply reply = new Reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
      documented.check(method, target, reply);
      return reply;
    } catch (IOException e) {
      throw new IllegalStateException("expected an answer to " + method + " " + target, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("expected nobody to interrupt", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
