package io.trigrun.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.AttemptStatus;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows S7 and S10: what an answer means. */
class ResponseJudgeTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String BODY =
      """
      {"id": 7, "price": 1.50, "state": "ok", "ready": true, "gone": null,
       "items": [{"sku": "a/b"}, {"sku": "c"}], "a.b": {"~": 1}}
      """;

  private static HttpReply reply(int status, String body, String... headers) {
    Map<String, List<String>> map = new TreeMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], List.of(headers[i + 1]));
    }
    return new HttpReply(status, map, body.getBytes(UTF_8), false, Duration.ofMillis(5));
  }

  private static Verdict judge(HttpReply reply, ResponseCheck... checks) {
    return ResponseJudge.judge(HttpAction.get("http://a").expect(checks).build(), reply, NOW);
  }

  @Test
  void a_success_status_succeeds() {
    Verdict verdict = judge(reply(204, ""));
    assertThat(verdict.succeeded()).isTrue();
    assertThat(verdict.statusCode()).hasValue(204);
    assertThat(verdict.errorClass()).isEmpty();
    assertThat(verdict.message()).isEmpty();
    assertThat(verdict.latency()).contains(Duration.ofMillis(5));
    assertThat(verdict.output()).isEmpty();
    assertThat(verdict.bodyPreview()).contains("");
  }

  @ParameterizedTest
  @CsvSource({"203, HTTP_2XX", "302, HTTP_3XX", "404, HTTP_4XX", "500, HTTP_5XX", "100, HTTP_1XX"})
  void any_other_status_fails_with_its_class(int status, String errorClass) {
    Verdict verdict = judge(reply(status, "why"));
    assertThat(verdict.status()).isEqualTo(AttemptStatus.HTTP_ERROR);
    assertThat(verdict.errorClass()).contains(errorClass);
    assertThat(verdict.message()).contains("status: expected 200, 201, 202, 204, got " + status);
    assertThat(verdict.bodyPreview()).contains("why");
  }

  @Test
  void retry_after_travels_with_a_failure_only() {
    assertThat(judge(reply(503, "", "Retry-After", "30")).retryAfter())
        .contains(Duration.ofSeconds(30));
    assertThat(judge(reply(429, "", "retry-after", "Fri, 02 Jan 2026 03:05:05 GMT")).retryAfter())
        .contains(Duration.ofMinutes(1));
    assertThat(judge(reply(200, "", "Retry-After", "30")).retryAfter()).isEmpty();
  }

  @Test
  void a_redirect_says_where_to_without_path_and_query() {
    Verdict verdict =
        judge(reply(302, "", "Location", "https://login.example.com/x?token=hunter2"));
    assertThat(verdict.message().orElseThrow())
        .endsWith(
            "got 302 to https://login.example.com, not followed: request.follow_redirects is false");
    assertThat(verdict.headers()).containsEntry("location", "https://login.example.com");
  }

  @Test
  void only_harmless_headers_are_kept() {
    Verdict verdict =
        judge(
            reply(
                200,
                "",
                "Content-Type",
                "text/plain",
                "Set-Cookie",
                "s=1",
                "X-Request-Id",
                "r".repeat(300),
                "Authorization",
                "x",
                "Server",
                "nginx"));
    assertThat(verdict.headers())
        .containsOnlyKeys("content-type", "server", "x-request-id")
        .containsEntry("x-request-id", "r".repeat(256) + "...");
  }

  static Stream<ResponseCheck> holding() {
    return Stream.of(
        ResponseCheck.bodyContains("\"ok\""),
        ResponseCheck.bodyLacks("error"),
        ResponseCheck.bodyEquals(BODY),
        ResponseCheck.bodyMatches("\"id\": \\d+"),
        ResponseCheck.jsonExists("/gone"),
        ResponseCheck.jsonExists("$"),
        ResponseCheck.jsonEquals("/id", 7),
        ResponseCheck.jsonEquals("$.state", "ok"),
        ResponseCheck.jsonEquals("$.ready", true),
        ResponseCheck.jsonEquals("/items/0/sku", "a/b"),
        ResponseCheck.jsonEquals("$.items[1].sku", "c"),
        ResponseCheck.jsonEquals("$['a.b'].~", 1),
        ResponseCheck.jsonEquals("/a.b/~0", 1),
        ResponseCheck.json("/price", JsonCheck.Operator.EQUALS, new BigDecimal("1.5")),
        ResponseCheck.json("/price", JsonCheck.Operator.DIFFERS, BigDecimal.ONE),
        ResponseCheck.json("/price", JsonCheck.Operator.GREATER, BigDecimal.ONE),
        ResponseCheck.json("/price", JsonCheck.Operator.AT_LEAST, new BigDecimal("1.5")),
        ResponseCheck.json("/price", JsonCheck.Operator.LESS, BigDecimal.TEN),
        ResponseCheck.json("/price", JsonCheck.Operator.AT_MOST, new BigDecimal("1.5")),
        new JsonCheck("/gone", JsonCheck.Operator.EQUALS, "null"),
        ResponseCheck.headerExists("x-build"),
        ResponseCheck.headerEquals("X-Build", "v 12"),
        ResponseCheck.headerContains("X-BUILD", "12"),
        ResponseCheck.statusEquals(200),
        ResponseCheck.statusBetween(200, 299));
  }

  @ParameterizedTest
  @MethodSource
  void holding(ResponseCheck check) {
    assertThat(judge(reply(200, BODY, "X-Build", "v 12"), check).message()).isEmpty();
  }

  static Stream<Arguments> failing() {
    return Stream.of(
        Arguments.of(
            ResponseCheck.bodyContains("nope"), "body: expected text containing \"nope\", got \"{"),
        Arguments.of(ResponseCheck.bodyLacks("ok"), "body: expected no text \"ok\", got it"),
        Arguments.of(ResponseCheck.bodyEquals("x"), "body: expected \"x\", got \"{"),
        Arguments.of(
            ResponseCheck.bodyMatches("^\\d+$"), "body: expected a match of \"^\\d+$\", got"),
        Arguments.of(
            ResponseCheck.jsonExists("/nope/x"),
            "JSON field /nope/x: expected it to exist, got no such field"),
        Arguments.of(ResponseCheck.jsonEquals("/id", 8), "JSON field /id: expected 8, got 7"),
        Arguments.of(ResponseCheck.jsonEquals("/id", "7"), "JSON field /id: expected \"7\", got 7"),
        Arguments.of(ResponseCheck.jsonEquals("/items/2", 1), "got no such field"),
        Arguments.of(ResponseCheck.jsonEquals("/items/00", 1), "got no such field"),
        Arguments.of(
            ResponseCheck.jsonEquals("/ready", false),
            "JSON field /ready: expected false, got true"),
        Arguments.of(
            ResponseCheck.json("/id", JsonCheck.Operator.LESS, BigDecimal.ONE),
            "JSON field /id: expected less than 1, got 7"),
        Arguments.of(
            ResponseCheck.json("/state", JsonCheck.Operator.LESS, BigDecimal.ONE),
            "expected less than 1, got \"ok\""),
        Arguments.of(
            ResponseCheck.json("/id", JsonCheck.Operator.DIFFERS, new BigDecimal("7.0")),
            "expected anything but 7.0, got 7"),
        Arguments.of(
            ResponseCheck.headerExists("X-No"),
            "header X-No: expected it to exist, got no such header"),
        Arguments.of(
            ResponseCheck.headerEquals("X-Build", "v"),
            "header X-Build: expected \"v\", got \"v 12\""),
        Arguments.of(
            ResponseCheck.headerContains("X-Build", "13"),
            "header X-Build: expected text containing \"13\""),
        Arguments.of(ResponseCheck.statusEquals(201), "status: expected 201, got 200"),
        Arguments.of(
            ResponseCheck.statusBetween(201, 299), "status: expected 201 to 299, got 200"));
  }

  @ParameterizedTest
  @MethodSource
  void failing(ResponseCheck check, String message) {
    Verdict verdict = judge(reply(200, BODY, "X-Build", "v 12"), check);
    assertThat(verdict.status()).isEqualTo(AttemptStatus.HTTP_ERROR);
    assertThat(verdict.statusCode()).hasValue(200);
    assertThat(verdict.errorClass()).contains("ASSERTION_FAILED");
    assertThat(verdict.message().orElseThrow()).contains(message).hasSizeLessThan(400);
  }

  @Test
  void json_checks_need_a_whole_json_body() {
    ResponseCheck check = ResponseCheck.jsonExists("/id");
    assertThat(judge(reply(200, "<html>"), check).message())
        .hasValueSatisfying(
            m -> assertThat(m).endsWith("expected a JSON body, got a body that is not JSON"));
    assertThat(judge(reply(200, "{\"id\": 1e9999999999}"), check).message())
        .hasValueSatisfying(m -> assertThat(m).endsWith("got a body that is not JSON"));
    HttpReply cut = new HttpReply(200, Map.of(), BODY.getBytes(UTF_8), true, Duration.ZERO);
    assertThat(judge(cut, check).message())
        .hasValueSatisfying(m -> assertThat(m).endsWith("got a body above the limit"));
  }

  @Test
  void a_runaway_pattern_ends_and_fails() {
    Verdict backtracking =
        judge(reply(200, "a".repeat(5_000)), ResponseCheck.bodyMatches("(a+)+b"));
    assertThat(backtracking.message().orElseThrow()).contains("the search took too long");
    Verdict deep = judge(reply(200, "ab".repeat(500_000)), ResponseCheck.bodyMatches("^(a|b)*$"));
    assertThat(deep.errorClass()).contains("ASSERTION_FAILED");
  }

  @Test
  void patterns_are_checked_when_saved() {
    assertThatThrownBy(() -> ResponseCheck.bodyMatches("("))
        .hasMessageContaining("a valid regular expression");
    assertThatThrownBy(() -> ResponseCheck.bodyMatches("x".repeat(1001)))
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> ResponseCheck.bodyMatches("(((){9999}){9999}){9999}"))
        .hasMessageContaining("counted repeats");
    assertThat(ResponseCheck.bodyMatches("\\d{4}-\\d{2,}")).isNotNull();
  }

  @Test
  void output_picks_fields_and_gives_null_for_what_is_missing() {
    HttpAction action =
        HttpAction.get("http://a")
            .output("id", "/id")
            .output("items", "$.items")
            .output("nope", "/nope")
            .output("etag", "header:ETag")
            .output("code", "status")
            .build();
    assertThat(ResponseJudge.judge(action, reply(200, BODY, "ETag", "\"e\""), NOW).output())
        .contains(
            "{\"id\":7,\"items\":[{\"sku\":\"a/b\"},{\"sku\":\"c\"}],\"nope\":null,\"etag\":\"\\\"e\\\"\",\"code\":200}");
    assertThat(ResponseJudge.judge(action, reply(200, "no json"), NOW).output())
        .contains("{\"id\":null,\"items\":null,\"nope\":null,\"etag\":null,\"code\":200}");
    assertThat(ResponseJudge.judge(action, reply(500, BODY), NOW).output()).isEmpty();
  }

  @Test
  void output_is_bounded() {
    HttpAction.Builder builder = HttpAction.get("http://a");
    for (int i = 0; i < 5; i++) {
      builder.output("o" + i, "body");
    }
    assertThat(
            ResponseJudge.judge(builder.build(), reply(200, "x".repeat(70_000)), NOW).errorClass())
        .contains("OUTPUT_TOO_LARGE");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new HttpTimeoutException("t"), AttemptStatus.TIMEOUT, "TIMEOUT"),
        Arguments.of(
            new HttpConnectTimeoutException("t"), AttemptStatus.TIMEOUT, "CONNECT_TIMEOUT"),
        Arguments.of(
            new ConnectException("refused"), AttemptStatus.CONNECTION_ERROR, "CONNECTION_ERROR"),
        Arguments.of(new IOException("reset"), AttemptStatus.CONNECTION_ERROR, "CONNECTION_ERROR"),
        Arguments.of(new UnknownHostException("h"), AttemptStatus.CONNECTION_ERROR, "DNS_ERROR"),
        Arguments.of(
            new ConnectException().initCause(new UnresolvedAddressException()),
            AttemptStatus.CONNECTION_ERROR,
            "DNS_ERROR"),
        Arguments.of(
            new SSLHandshakeException("PKIX"), AttemptStatus.CONNECTION_ERROR, "TLS_ERROR"),
        Arguments.of(new CancellationException(), AttemptStatus.ERROR, "CANCELLED"),
        Arguments.of(new MissingSecretException("X", "k"), AttemptStatus.ERROR, "MISSING_SECRET"),
        Arguments.of(
            new ValidationException(List.of(new Problem("f", "a", "b"))),
            AttemptStatus.ERROR,
            "INVALID_REQUEST"),
        Arguments.of(
            new IllegalStateException("http://x?hunter2"), AttemptStatus.ERROR, "TRANSPORT_ERROR"));
  }

  @ParameterizedTest
  @MethodSource
  void failures(Throwable failure, AttemptStatus status, String errorClass) {
    Verdict verdict = ResponseJudge.judge(new CompletionException(failure));
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.errorClass()).contains(errorClass);
    assertThat(verdict.message().orElseThrow()).isNotBlank().doesNotContain("hunter2");
    assertThat(verdict.statusCode()).isEmpty();
  }
}
