package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row S5: the platform's {@code request} object. */
class HttpActionJsonTest {

  @Test
  void the_platforms_example_reads() {
    HttpAction action =
        HttpActionJson.fromJson(
            """
            {"url": "https://example.com/orders?run={{execution_id}}", "method": "POST",
             "headers": {"Authorization": "Bearer secret://api-key"},
             "body": {"id": "{{uuid}}", "price": 1.10, "big": 12345678901234567890123},
             "timeout_seconds": 60, "success_statuses": [200, 409],
             "checks": [
               {"source": "body", "op": "contains", "value": "ok"},
               {"source": "json", "path": "$.a.b[0]", "op": "at_least", "value": 3},
               {"source": "header", "name": "ETag", "op": "exists"},
               {"source": "status", "op": "equals", "value": 200}],
             "output": {"order": "/id", "etag": "header:ETag"}, "follow_redirects": true}
            """);

    assertThat(action)
        .isEqualTo(
            HttpAction.post("https://example.com/orders?run={{execution_id}}")
                .header("Authorization", "Bearer secret://api-key")
                .jsonBody("{\"id\":\"{{uuid}}\",\"price\":1.10,\"big\":12345678901234567890123}")
                .timeout(Duration.ofSeconds(60))
                .successStatuses(200, 409)
                .expect(
                    ResponseCheck.bodyContains("ok"),
                    ResponseCheck.json(
                        "$.a.b[0]", JsonCheck.Operator.AT_LEAST, BigDecimal.valueOf(3)),
                    ResponseCheck.headerExists("ETag"),
                    ResponseCheck.statusEquals(200))
                .output("order", "/id")
                .output("etag", "header:ETag")
                .followRedirects(true)
                .build());
  }

  @Test
  void only_the_url_is_required() {
    assertThat(HttpActionJson.fromJson("{\"url\":\"http://a\"}"))
        .isEqualTo(HttpAction.get("http://a").build());
  }

  @Test
  void the_body_keeps_its_kind() {
    assertThat(HttpActionJson.toJson(HttpAction.post("http://a").body("{\"x\": 1}").build()))
        .contains("\"body\":\"{\\\"x\\\": 1}\"");
    assertThat(HttpActionJson.toJson(HttpAction.post("http://a").jsonBody("{\"x\": 1.10}").build()))
        .contains("\"body\":{\"x\":1.10}");
  }

  @Test
  void every_problem_is_listed_with_its_field() {
    assertThatThrownBy(
            () ->
                HttpActionJson.fromJson(
                    """
                    {"url": "ftp://x", "method": "get", "headers": {"X-Foo": 3, "Host": "h"},
                     "body": "{{nope}}", "timeout_seconds": 0, "success_statuses": [200, "x"],
                     "checks": [{"source": "status", "op": "between", "min": 300, "max": 200},
                                {"source": "json", "path": "a", "op": "exists"},
                                {"source": "tea"}, 3,
                                {"source": "body", "op": "matches", "value": "("},
                                {"source": "body", "op": "equals", "value": "x", "extra": 1}],
                     "output": {"a": "b"}, "follow_redirects": "yes", "retries": 3}
                    """))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactlyInAnyOrder(
                        "request.retries",
                        "request.method",
                        "request.headers.X-Foo",
                        "request.body",
                        "request.timeout_seconds",
                        "request.success_statuses",
                        "request.checks[0].min",
                        "request.checks[1].path",
                        "request.checks[2].source",
                        "request.checks[3]",
                        "request.checks[4].value",
                        "request.checks[5].extra",
                        "request.follow_redirects",
                        "request.url",
                        "request.headers.Host",
                        "request.output.a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "[] ! request: expected a JSON object",
        "{ ! request: expected valid JSON",
        "{\"url\":\"http://a\",\"url\":\"http://b\"} ! repeated keys",
        "{} ! request.url: expected a string, got nothing",
        "{\"url\":3} ! request.url: expected a string",
        "{\"url\":\"http://a\",\"timeout_seconds\":1.5} ! 1 to 300 whole seconds, got 1.5",
        "{\"url\":\"http://a\",\"timeout_seconds\":\"5\"} ! request.timeout_seconds",
        "{\"url\":\"http://a\",\"timeout_seconds\":99999999999} ! got 99999999999",
        "{\"url\":\"http://a\",\"method\":\"TRACE\"} ! one of GET, POST, PUT, PATCH, DELETE",
        "{\"url\":\"http://a\",\"method\":\"POST\",\"body\":3} ! request.body: expected a string",
        "{\"url\":\"http://a\",\"checks\":{}} ! request.checks: expected an array",
        "{\"url\":\"http://a\",\"headers\":[]} ! request.headers: expected an object"
      })
  void wrong_types_are_named(String json, String message) {
    assertThatThrownBy(() -> HttpActionJson.fromJson(json))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(message);
  }

  @Property(tries = 300)
  void what_was_written_reads_back_equal(@ForAll("actions") HttpAction action) {
    assertThat(HttpActionJson.fromJson(HttpActionJson.toJson(action))).isEqualTo(action);
  }

  @Provide
  Arbitrary<HttpAction> actions() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).filter(s -> !s.contains("{{"));
    Arbitrary<HttpBody> bodies =
        Arbitraries.oneOf(
            text.map(HttpBody.Text::new),
            text.map(s -> new HttpBody.Json("{\"k\":[" + JsonCheck.literal(s) + ",1.0,null]}")));
    Arbitrary<ResponseCheck> checks =
        Arbitraries.oneOf(
            text.map(ResponseCheck::bodyEquals),
            text.map(s -> ResponseCheck.jsonEquals("/a/0", s)),
            Arbitraries.longs().map(n -> ResponseCheck.jsonEquals("$.n", n)),
            Arbitraries.bigDecimals().map(n -> ResponseCheck.json("$", JsonCheck.Operator.LESS, n)),
            Arbitraries.just(ResponseCheck.jsonExists("/x~1y")),
            text.map(s -> ResponseCheck.headerContains("X-A", s)),
            Arbitraries.integers().between(100, 599).map(ResponseCheck::statusEquals));
    Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', 'z').ofMaxLength(20);
    return Combinators.combine(
            Arbitraries.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE),
            bodies.optional(),
            checks.list().ofMaxSize(4),
            values.list().ofMaxSize(3),
            Arbitraries.integers().between(1, 300),
            Arbitraries.integers().between(100, 599),
            Arbitraries.of(true, false))
        .as(
            (method, body, rules, headers, seconds, status, follow) -> {
              HttpAction.Builder builder =
                  HttpAction.request(method, "http://example.com/{{uuid}}")
                      .expect(rules.toArray(ResponseCheck[]::new))
                      .timeout(Duration.ofSeconds(seconds))
                      .successStatuses(200, status)
                      .output("x", "$['a.b']")
                      .followRedirects(follow);
              body.ifPresent(builder::body);
              for (int i = 0; i < headers.size(); i++) {
                builder.header("X-" + i, headers.get(i));
              }
              return builder.build();
            });
  }
}
