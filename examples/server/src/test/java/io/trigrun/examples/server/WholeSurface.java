package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.BackoffPolicy;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.contract.http.Documented;
import io.trigrun.handler.JobHandler;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.PingRoutes;
import io.trigrun.management.BearerTokens;
import io.trigrun.management.Caller;
import io.trigrun.management.Management;
import io.trigrun.notify.Notifications;
import io.trigrun.route.Role;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.Workflows;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * All routes that the server has, without the server: in memory, at a time that tests tell, and
 * with a world outside that always answers, or is away.
 */
final class WholeSurface implements AutoCloseable {

  static final String URL = "https://jobs.example.com";
  static final String WRITER = "writer-of-default";
  static final String READER = "reader-of-default";
  static final String STRANGER = "writer-of-another";

  private static final RetryPolicy SOON =
      RetryPolicy.attempts(3).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(10)));
  private static final Duration LATENCY = Duration.ofMillis(42);

  final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  final TrigRun trigrun;
  final TrigRunDriver driver;
  final Management management;
  final InboundRoutes world;
  final Documented documented;
  boolean isOutsideAway;
  private final InboundRoutes all;

  WholeSurface() {
    Workflows workflows =
        Workflows.builder()
            .links(URL, LinkKey.of("k1", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="))
            .build();
    trigrun =
        TrigRun.builder()
            .clock(clock)
            .node("node-1")
            .httpTransport(this::outside)
            .secrets(SecretCipher.aesGcm(KeyRing.of("2026", KeyRing.generateKey())))
            .extension(Notifications.builder().retry(SOON).build())
            .extension(workflows)
            .allowCommands()
            .handler("report", Object.class, (JobHandler<Object>) (payload, job) -> {})
            .build();
    driver = new TrigRunDriver(trigrun, clock);
    BearerTokens tokens =
        BearerTokens.of(trigrun)
            .withFixed(WRITER, new Caller("writer", "default", Role.WRITE))
            .withFixed(READER, new Caller("reader", "default", Role.READ))
            .withFixed(STRANGER, new Caller("stranger", "another", Role.WRITE));
    world = InboundRoutes.of(workflows.routes(), PingRoutes.of(trigrun));
    management = Management.routes(trigrun, tokens, URL).documenting(world);
    documented = new Documented(management.openApi());
    all = InboundRoutes.of(management, world);
  }

  private CompletableFuture<HttpReply> outside(HttpCall call) {
    clock.advance(LATENCY);
    if (isOutsideAway) {
      return CompletableFuture.failedFuture(new IOException("connection refused"));
    }
    byte[] body = "{\"id\": 7, \"ok\": true}".getBytes(UTF_8);
    return CompletableFuture.completedFuture(
        new HttpReply(
            200, Map.of("Content-Type", List.of("application/json")), body, false, LATENCY));
  }

  /** Sends a request. */
  InboundResponse send(InboundRequest request) {
    return all.answer(request);
  }

  @Override
  public void close() {
    trigrun.close();
  }
}
