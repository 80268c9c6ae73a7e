package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Rows S8 and S9: one execution, one request. */
class RequestTemplateTest {
  private static final UUID ID = UUID.fromString("018f4e5c-0000-7000-8000-000000000001");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006789Z");
  private static final RunStamp RUN = RunStamp.of("job-1", ID, AT, 1);

  private static HttpCall render(HttpAction action, RunStamp run) {
    return RequestTemplate.of(action).render(run, TracingHeaders.DEFAULT, SecretLookup.none());
  }

  private static String body(HttpCall call) {
    return new String(call.body().orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void placeholders_are_replaced_in_url_headers_and_text() {
    HttpCall call =
        render(
            HttpAction.post("https://example.com/{{ execution_id }}?at={{timestamp}}")
                .header("Idempotency-Key", "k-{{uuid}}")
                .body("{\"a\":{\"id\":\"{{uuid}}\"}}")
                .build(),
            RUN);

    String uuid = RUN.uuid().toString();
    assertThat(call.uri())
        .hasToString("https://example.com/" + ID + "?at=2026-01-02T03%3A04%3A05.006Z");
    assertThat(call.headers()).containsEntry("idempotency-key", "k-" + uuid);
    assertThat(body(call)).isEqualTo("{\"a\":{\"id\":\"" + uuid + "\"}}");
  }

  @Test
  void in_json_only_string_values_change() {
    HttpCall call =
        render(
            HttpAction.post("http://a")
                .jsonBody(
                    "{\"id\": \"x {{execution_id}} \\\"\", \"n\": [1.10, null, true, {\"t\": \"{{timestamp}}\"}]}")
                .build(),
            RUN);

    assertThat(body(call))
        .isEqualTo(
            "{\"id\":\"x "
                + ID
                + " \\\"\",\"n\":[1.10,null,true,{\"t\":\"2026-01-02T03:04:05.006Z\"}]}");
    assertThat(call.headers()).containsEntry("content-type", "application/json");
  }

  @Test
  void a_content_type_of_the_job_wins() {
    HttpAction action =
        HttpAction.post("http://a")
            .jsonBody("[]")
            .header("content-type", "application/ld+json")
            .build();
    assertThat(render(action, RUN).headers()).containsEntry("Content-Type", "application/ld+json");
  }

  @Test
  void a_retry_differs_in_the_attempt_header_only() {
    HttpAction action =
        HttpAction.post("http://a/{{uuid}}")
            .header("X-Id", "{{uuid}}")
            .jsonBody("[\"{{uuid}}\"]")
            .build();
    HttpCall first = render(action, RUN);
    HttpCall second = render(action, RUN.withAttempt(2));

    assertThat(second.uri()).isEqualTo(first.uri());
    assertThat(body(second)).isEqualTo(body(first));
    assertThat(first.headers()).containsEntry("X-TrigRun-Attempt", "1");
    assertThat(second.headers()).containsEntry("X-TrigRun-Attempt", "2");
    first
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase("X-TrigRun-Attempt")) {
                assertThat(second.headers()).containsEntry(name, value);
              }
            });
  }

  @Test
  void the_uuid_is_a_version_5_of_execution_instant_and_replay() {
    assertThat(RUN.uuid().version()).isEqualTo(5);
    assertThat(RUN.uuid().variant()).isEqualTo(2);
    assertThat(RUN.uuid())
        .isEqualTo(new RunStamp(Optional.empty(), ID, AT, 0, 9).uuid())
        .isNotEqualTo(RunStamp.of("job-1", ID, AT.plusMillis(1), 1).uuid())
        .isNotEqualTo(RunStamp.of("job-1", new UUID(1, 2), AT, 1).uuid())
        .isNotEqualTo(new RunStamp(Optional.of("job-1"), ID, AT, 1, 1).uuid())
        .isNotEqualTo(ID);
  }

  @Test
  void tracing_headers_tell_job_execution_instant_and_attempt() {
    assertThat(TracingHeaders.DEFAULT.of(RUN))
        .isEqualTo(
            Map.of(
                "X-TrigRun-Job-Id", "job-1",
                "X-TrigRun-Execution-Id", ID.toString(),
                "X-TrigRun-Scheduled-For", "2026-01-02T03:04:05.006Z",
                "X-TrigRun-Attempt", "1"));
    assertThat(TracingHeaders.DEFAULT.of(new RunStamp(Optional.empty(), ID, AT, 0, 1)))
        .doesNotContainKey("X-TrigRun-Job-Id");
  }

  @Test
  void a_configured_prefix_beats_headers_of_the_job() {
    HttpAction action = HttpAction.get("http://a").header("x-cron-service-attempt", "77").build();
    HttpCall call =
        RequestTemplate.of(action)
            .render(RUN, new TracingHeaders("X-Cron-Service-"), SecretLookup.none());
    assertThat(call.headers())
        .containsEntry("X-Cron-Service-Attempt", "1")
        .doesNotContainKey("X-TrigRun-Attempt");
    assertThatThrownBy(() -> new TracingHeaders("X Y"))
        .hasMessageContaining("tracing_header_prefix");
  }

  @Test
  void secrets_are_put_in_at_the_last_moment_and_once() {
    HttpAction action =
        HttpAction.get("http://a").header("Authorization", "Bearer secret://api-key").build();
    HttpCall call =
        RequestTemplate.of(action)
            .render(RUN, TracingHeaders.DEFAULT, name -> Optional.of("$1 secret://api-key"));
    assertThat(call.headers()).containsEntry("Authorization", "Bearer $1 secret://api-key");
    assertThat(call.secretHeaders()).containsExactly("Authorization");
    assertThat(call.toString()).doesNotContain("Bearer");
  }

  @Test
  void nothing_is_sent_without_the_secret_or_with_one_no_header_can_carry() {
    HttpAction action = HttpAction.get("http://a").header("X-Key", "secret://gone").build();
    assertThatThrownBy(() -> render(action, RUN))
        .isInstanceOf(MissingSecretException.class)
        .hasMessageContaining("request.headers.X-Key")
        .hasMessageContaining("\"gone\"");
    RequestTemplate template = RequestTemplate.of(action);
    assertThatThrownBy(
            () -> template.render(RUN, TracingHeaders.DEFAULT, n -> Optional.of("hunter2\nX: y")))
        .isInstanceOf(ValidationException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Property
  void text_without_an_opening_pair_is_unchanged(@ForAll String text) {
    String plain = text.replace("{{", "{ ");
    assertThat(TemplateVariable.parse("f", plain).render(variable -> variable.value(RUN)))
        .isEqualTo(plain);
  }

  @Property
  void literals_around_a_placeholder_survive(@ForAll String before, @ForAll String after) {
    String head = before.replace("{", "(");
    String tail = after.replace("{", "(").replace("}", ")");
    assertThat(
            TemplateVariable.parse("f", head + "{{execution_id}}" + tail)
                .render(variable -> variable.value(RUN)))
        .isEqualTo(head + ID + tail);
  }

  @Property
  void rendered_json_is_valid_and_keeps_every_string(@ForAll String text) {
    String value = text.replace("{", "(") + "{{uuid}}";
    HttpAction action =
        HttpAction.post("http://a").jsonBody("{\"v\":" + JsonCheck.literal(value) + "}").build();
    String sent = body(render(action, RUN));
    String decoded = JsonCodec.STRICT.readTree(sent).get("v").stringValue();
    // Half a surrogate pair is no text: no encoding can carry it.
    String wellFormed = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(decoded.replace("\uFFFD", "?"))
        .isEqualTo(wellFormed.replace("\uFFFD", "?").replace("{{uuid}}", RUN.uuid().toString()));
  }
}
