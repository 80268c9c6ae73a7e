package io.trigrun.examples.benchmarks.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code java.net.http} and nothing else: requests like those of a webhook channel, signed one by
 * one. What fails is sent again, as a dispatcher would.
 */
record BareClient(String url) {

  private static final int IN_FLIGHT = 64;
  private static final int TRIES = 3;
  private static final byte[] BODY = body();

  /** Sends so many. */
  @FunctionalInterface
  interface Way {
    void send(BareClient client, int count) throws Exception;
  }

  /** As long as a webhook's. */
  private static byte[] body() {
    String event =
        """
        {"event":"execution.succeeded","job":{"id":"%s","name":"webhooks"},\
        "execution":{"id":"%s","status":"succeeded","status_code":null,"body_preview":null,\
        "error_class":null},"output":null,"timestamp":"2026-03-16T10:00:00.000Z"}\
        """
            .formatted(UUID.randomUUID(), UUID.randomUUID());
    return event.getBytes(StandardCharsets.UTF_8);
  }

  void sendOnThreads(int count) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    AtomicInteger left = new AtomicInteger(count);
    ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
    for (int i = 0; i < IN_FLIGHT; i++) {
      threads.execute(
          () -> {
            while (left.getAndDecrement() > 0) {
              sendOne(client);
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
      throw new IllegalStateException("expected all requests within 10 minutes");
    }
  }

  private void sendOne(HttpClient client) {
    HttpRequest request = request();
    for (int i = 0; i < TRIES; i++) {
      try {
        var unused = client.send(request, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) { // a connection that the pool kept too long: once more
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  void sendAsync(int count) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Semaphore permits = new Semaphore(IN_FLIGHT);
    CountDownLatch done = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      permits.acquire();
      sendAsync(
          client,
          request(),
          TRIES,
          () -> {
            permits.release();
            done.countDown();
          });
    }
    done.await();
  }

  private static void sendAsync(
      HttpClient client, HttpRequest request, int tries, Runnable whenDone) {
    var unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .whenComplete(
                (response, failure) -> {
                  if (failure != null && tries > 1) {
                    sendAsync(client, request, tries - 1, whenDone);
                  } else {
                    whenDone.run();
                  }
                });
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("X-TrigRun-Delivery-Id", UUID.randomUUID().toString())
        .header("X-Webhook-Signature", "sha256=" + sign(BODY))
        .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
        .build();
  }

  private static String sign(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Receiving.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }
}
