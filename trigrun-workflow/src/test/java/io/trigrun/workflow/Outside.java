package io.trigrun.workflow;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Extension;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What runs reach outside: a server that counts calls by their idempotency key, and a channel that
 * counts messages by their id.
 */
final class Outside implements AutoCloseable {

  private static final String QUEUE = "outside";

  final Map<String, Integer> calls = new ConcurrentHashMap<>();
  final Map<String, Integer> messages = new ConcurrentHashMap<>();
  private final HttpServer server;

  Outside() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          calls.merge(exchange.getRequestHeaders().getFirst("Idempotency-Key"), 1, Integer::sum);
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** For each node one: messages are executions, stored once for each id, that count. */
  Extension outlet() {
    HandlerRegistration handler =
        new HandlerRegistration(
            "outside.message",
            QUEUE,
            RetryPolicy.none(),
            run -> {
              messages.merge(run.claimed().execution().payload(), 1, Integer::sum);
              return CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded()));
            });
    return host ->
        new Extension.Contribution(List.of(handler), List.of())
            .withMessages(
                new MessageOutlet() {
                  @Override
                  public WriteSet approvalRequired(ApprovalRequest request) {
                    return deliver(request.workspace(), request.id(), request.at());
                  }

                  @Override
                  public WriteSet message(ChannelMessage message) {
                    return deliver(message.workspace(), message.id(), message.at());
                  }
                });
  }

  private static WriteSet deliver(String workspace, String id, Instant at) {
    UUID unique = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    return WriteSet.enqueue(
        List.of(
            new NewExecution(
                TimeOrderedId.at(at),
                workspace,
                QUEUE,
                "outside.message",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Trigger.SYSTEM,
                Priority.NORMAL,
                at,
                at,
                at,
                Optional.of(UniqueKey.whileKept("outside/" + unique)),
                Optional.empty(),
                "\"" + id + "\"")));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
