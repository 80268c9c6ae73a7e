package io.trigrun.internal.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.handler.Outcome;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.SecretLookup;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.WebhookVerifier;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackHandlerTest {

  private static final String SECRET = "whsec_your_signing_secret";
  private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String BODY = "{\"event\":\"execution.succeeded\",\"n\":1.10}";
  private static final CallbackPayload PAYLOAD =
      new CallbackPayload(
          CallbackPayload.SUCCEEDED,
          new UUID(1, 1),
          new UUID(1, 2),
          "https://example.com/hook?token=s3cret",
          Optional.of("secret://hook"),
          BODY);

  private final List<HttpCall> calls = new ArrayList<>();

  private Outcome send(CallbackPayload payload, Duration age, CompletableFuture<HttpReply> reply)
      throws InterruptedException {
    HttpTransport transport =
        call -> {
          calls.add(call);
          return reply;
        };
    CallbackHandler handler =
        new CallbackHandler(
            transport, workspace -> name -> secret(workspace, name), job -> Optional.empty());
    return handler.handle(new CallbackRun(payload, age)).toCompletableFuture().join().outcome();
  }

  private static Optional<String> secret(String workspace, String name) {
    SecretLookup acme = wanted -> wanted.equals("hook") ? Optional.of(SECRET) : Optional.empty();
    if (name.equals("standard")) {
      return Optional.of(STANDARD_SECRET);
    }
    return workspace.equals("acme") ? acme.find(name) : Optional.empty();
  }

  private static CompletableFuture<HttpReply> reply(int status, Map<String, List<String>> headers) {
    return CompletableFuture.completedFuture(
        new HttpReply(status, headers, "no".getBytes(UTF_8), false, Duration.ofMillis(1)));
  }

  private Outcome send(int status, Map<String, List<String>> headers, Duration age)
      throws InterruptedException {
    return send(PAYLOAD, age, reply(status, headers));
  }

  @Test
  void the_very_bytes_that_are_sent_are_signed() throws InterruptedException {
    assertThat(send(200, Map.of(), Duration.ZERO)).isInstanceOf(Outcome.Succeeded.class);

    HttpCall call = calls.get(0);
    assertThat(call.body().orElseThrow()).isEqualTo(BODY.getBytes(UTF_8));
    String signature = call.headers().getOrDefault("X-Webhook-Signature", "");
    assertThat(
            WebhookVerifier.of(SECRET)
                .verify(BODY.getBytes(UTF_8), Map.of("X-Webhook-Signature", List.of(signature)))
                .isValid())
        .isTrue();
    assertThat(call.secretHeaders()).containsExactly("X-Webhook-Signature");
    assertThat(call.followRedirects()).isFalse();
  }

  @Test
  void a_secret_that_is_fit_for_it_signs_by_standard_webhooks_as_well()
      throws InterruptedException {
    CallbackPayload payload =
        new CallbackPayload(
            PAYLOAD.event(),
            PAYLOAD.jobId(),
            PAYLOAD.executionId(),
            PAYLOAD.url(),
            Optional.of("secret://standard"),
            BODY);
    assertThat(send(payload, Duration.ZERO, reply(200, Map.of())))
        .isInstanceOf(Outcome.Succeeded.class);

    Map<String, List<String>> headers =
        calls.get(0).headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    byte[] body = BODY.getBytes(UTF_8);
    assertThat(WebhookVerifier.of(STANDARD_SECRET).verify(body, headers).isValid()).isTrue();
    assertThat(
            WebhookVerifier.of(SignatureScheme.standard(), STANDARD_SECRET)
                .withClock(
                    Clock.fixed(new CallbackRun(payload, Duration.ZERO).now(), ZoneOffset.UTC))
                .verify(body, headers)
                .isValid())
        .isTrue();
    assertThat(headers.get("webhook-id")).isEqualTo(headers.get("X-TrigRun-Delivery-Id"));
  }

  @Test
  void a_secret_of_another_name_is_missing_and_nothing_is_sent() throws InterruptedException {
    CallbackPayload unknown =
        new CallbackPayload(
            PAYLOAD.event(),
            PAYLOAD.jobId(),
            PAYLOAD.executionId(),
            PAYLOAD.url(),
            Optional.of("secret://other"),
            BODY);

    Outcome.Failed failed = (Outcome.Failed) send(unknown, Duration.ZERO, reply(200, Map.of()));

    assertThat(failed.retry()).isFalse();
    assertThat(failed.failure().errorClass()).isEqualTo("MISSING_SECRET");
    assertThat(failed.failure().message()).contains("other").doesNotContain(SECRET);
    assertThat(calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 421, 423, 425, 500, 502, 503, 504, 599})
  void some_statuses_are_worth_another_attempt(int status) throws InterruptedException {
    Outcome.Failed failed = (Outcome.Failed) send(status, Map.of(), Duration.ZERO);

    assertThat(failed.retry()).isTrue();
    assertThat(failed.failure().message()).isEqualTo("status: expected 2xx, got " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 308, 400, 401, 403, 404, 410, 422, 501, 505})
  void others_are_not(int status) throws InterruptedException {
    assertThat(((Outcome.Failed) send(status, Map.of(), Duration.ZERO)).retry()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"429,7,0,7", "503,7,0,7", "429,,0,60", "429,,2880,720", "429,,86399,3600"})
  void a_receiver_that_asks_to_wait_is_waited_for_without_an_attempt(
      int status, String wait, long ageInSeconds, long expected) throws InterruptedException {
    Map<String, List<String>> headers =
        wait == null ? Map.of() : Map.of("Retry-After", List.of(wait));
    Duration age = Duration.ofSeconds(ageInSeconds);

    Outcome.Later later = (Outcome.Later) send(status, headers, age);

    assertThat(later.countsAttempt()).isFalse();
    assertThat(Duration.between(new CallbackRun(PAYLOAD, age).now(), later.at()))
        .isEqualTo(Duration.ofSeconds(expected));
  }

  @Test
  void after_a_day_waiting_uses_up_attempts() throws InterruptedException {
    Outcome.Failed failed = (Outcome.Failed) send(429, Map.of(), Duration.ofDays(1));

    assertThat(failed.retry()).isTrue();
    assertThat(failed.retryAfter()).contains(Duration.ofHours(1));
  }

  @Test
  void a_broken_connection_is_worth_another_attempt_and_the_query_is_not_repeated()
      throws InterruptedException {
    Outcome.Failed failed =
        (Outcome.Failed)
            send(
                PAYLOAD,
                Duration.ZERO,
                CompletableFuture.failedFuture(
                    new IOException("reset by https://example.com/hook?token=s3cret")));

    assertThat(failed.retry()).isTrue();
    assertThat(failed.failure().errorClass()).isEqualTo("CONNECTION_ERROR");
    assertThat(failed.failure().message()).contains("***").doesNotContain("s3cret");
  }

  @Test
  void what_is_stored_is_read_and_says_little_of_itself() {
    assertThat(CallbackPayload.read(PAYLOAD.write())).isEqualTo(PAYLOAD);
    assertThat(PAYLOAD.toString()).doesNotContain("s3cret").doesNotContain("event\"");
  }
}
