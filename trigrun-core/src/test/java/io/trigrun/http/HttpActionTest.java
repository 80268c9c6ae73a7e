package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row S5: what is saved is valid. */
class HttpActionTest {

  @Test
  void the_defaults_are_those_of_the_platform() {
    HttpAction action = HttpAction.get("https://example.com/ping").build();

    assertThat(action.method()).isEqualTo(HttpMethod.GET);
    assertThat(action.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(action.successStatuses()).containsExactly(200, 201, 202, 204);
    assertThat(action.followRedirects()).isFalse();
    assertThat(action.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "https://example.com",
        "HTTPS://example.com/a?b=c%20d",
        "http://10.0.0.1/",
        "http://[::1]:9/x",
        "https://example.com./x",
        "https://example.com/{{execution_id}}?at={{ timestamp }}&u={{uuid}}",
        "https://example.com?x={{uuid}}"
      })
  void good_urls_are_taken(String url) {
    assertThat(HttpAction.get(url).build().url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "ftp://example.com ! absolute http or https",
        "file:///etc/passwd ! absolute http or https",
        "/relative ! absolute http or https",
        "example.com/x ! absolute http or https",
        "'' ! absolute http or https",
        "mailto:a@b.c ! absolute http or https",
        "http:///path ! a host of letters",
        "http://user:pw@example.com/ ! no user name or password",
        "http://@example.com/ ! user name",
        "http://example.com/#part ! no fragment",
        "http://example.com:0/ ! a port from 1 to 65535",
        "http://example.com:65536/ ! a port from 1 to 65535",
        "http://example.com:/ ! a port from 1 to 65535",
        "http://my_service/ ! a host of letters",
        "http://127.1/ ! a host",
        "http://2130706433/ ! four decimal numbers",
        "http://0177.0.0.1/ ! four decimal numbers",
        "http://example.com/a b ! percent-encode",
        "http://{{uuid}}.example.com/ ! path or query only",
        "{{uuid}} ! path or query only",
        "http://example.com/{{nope}} ! only {{timestamp}}",
        "http://example.com/{{uuid ! }} after each {{"
      })
  void bad_urls_are_refused_by_name(String url, String expected) {
    assertThatThrownBy(() -> HttpAction.get(url))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("request.url: expected ")
        .hasMessageContaining(expected);
  }

  @Test
  void line_breaks_and_endless_urls_are_refused() {
    assertThatThrownBy(() -> HttpAction.get("http://example.com/\r\nX: y"))
        .hasMessageContaining("no control characters");
    assertThatThrownBy(() -> HttpAction.get("http://example.com/\uD800"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("no half of a surrogate pair");
    assertThatThrownBy(() -> HttpAction.get("http://example.com/" + "x".repeat(2048)))
        .hasMessageContaining("at most 2048 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Connection",
        "Transfer-Encoding",
        "Upgrade",
        "Expect",
        "TE",
        "Proxy-Authorization",
        "X-TrigRun-Attempt",
        "x-trigrun-job-id",
        "",
        "bad name",
        "bad:name",
        "x\ny",
        "{{uuid}}",
        "ünicode"
      })
  void header_names_of_others_and_no_names_are_refused(String name) {
    assertThatThrownBy(() -> HttpAction.get("http://example.com").header(name, "v"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("request.headers.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2\r\nEvil: 1", "hunter2\n", "hunter2\u0000", "hunter2é"})
  void header_injection_is_refused_without_showing_the_value(String value) {
    assertThatThrownBy(() -> HttpAction.get("http://example.com").header("X-Key", value))
        .hasMessageStartingWith("request.headers.X-Key: expected printable ASCII")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_header_is_given_once_whatever_its_case() {
    assertThatThrownBy(
            () -> HttpAction.get("http://example.com").header("X-A", "1").header("x-a", "2"))
        .hasMessageContaining("request.headers.x-a")
        .hasMessageContaining("twice");
  }

  @Test
  void too_many_headers_and_too_long_values_are_refused() {
    HttpAction.Builder builder = HttpAction.get("http://example.com");
    for (int i = 0; i < 51; i++) {
      builder.header("X-" + i, "v");
    }
    assertThatThrownBy(builder::build)
        .hasMessage("request.headers: expected at most 50 headers, got 51");
    assertThatThrownBy(() -> HttpAction.get("http://a").header("X", "v".repeat(8193)))
        .hasMessageContaining("got 8193 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT1.5S", "PT301S", "-PT1S"})
  void timeouts_are_whole_seconds_from_1_to_300(Duration timeout) {
    assertThatThrownBy(() -> HttpAction.get("http://example.com").timeout(timeout))
        .hasMessageStartingWith("request.timeout_seconds: expected 1 to 300 whole seconds, got ");
  }

  @Test
  void statuses_lie_between_100_and_599() {
    HttpAction.Builder builder = HttpAction.get("http://example.com");
    assertThatThrownBy(() -> builder.successStatuses(99))
        .hasMessageContaining("request.success_statuses");
    assertThatThrownBy(() -> builder.successStatuses(200, 600)).hasMessageContaining("600");
    assertThatThrownBy(builder::successStatuses).hasMessageContaining("one or more");
  }

  @Test
  void a_body_does_not_go_with_get() {
    assertThatThrownBy(() -> HttpAction.get("http://example.com").body("x").build())
        .hasMessageStartingWith("request.body: expected no body with method GET");
    assertThat(HttpAction.get("http://a").body("x").method(HttpMethod.PUT).build().body())
        .contains(new HttpBody.Text("x"));
  }

  @Test
  void a_body_is_at_most_a_mebibyte_of_utf8() {
    HttpAction.Builder builder = HttpAction.post("http://example.com");
    builder.body("x".repeat(1 << 20));
    assertThatThrownBy(() -> builder.body("é".repeat((1 << 19) + 1)))
        .hasMessage("request.body: expected at most 1048576 bytes, got 1048578 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{\"a\": ! valid JSON",
        "'' ! a JSON object or array",
        "3 ! a JSON object or array",
        "{\"a\":1,\"a\":2} ! repeated keys",
        "{\"a\":1} x ! valid JSON",
        "{\"a\":[{\"b\":\"{{nope}}\"}]} ! request.body.a[0].b: expected only {{timestamp}}",
        "{\"{{uuid}}\":1} ! placeholders in values only",
        "{\"a\":\"\\u007b\\u007bnope}}\"} ! got {{nope}}"
      })
  void bad_json_bodies_are_refused_where_they_are_bad(String json, String expected) {
    assertThatThrownBy(() -> HttpAction.post("http://example.com").jsonBody(json))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("request.body")
        .hasMessageContaining(expected);
  }

  @Test
  void messages_about_json_do_not_quote_it() {
    assertThatThrownBy(() -> HttpAction.post("http://a").jsonBody("{\"password\": hunter2}"))
        .hasMessageContaining("line 1, column")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void secret_references_are_named_and_free_of_placeholders() {
    HttpAction action =
        HttpAction.get("http://a")
            .header("Authorization", "Bearer secret://api-key")
            .header("X-Two", "secret://b_2:secret://api-key")
            .build();
    assertThat(action.secretNames()).containsExactly("api-key", "b_2");
    for (String bad : List.of("secret://{{uuid}}", "secret://key-{{uuid}}")) {
      assertThatThrownBy(() -> HttpAction.get("http://a").header("X", bad))
          .hasMessageContaining("no placeholder inside a secret:// reference");
    }
    assertThatThrownBy(() -> HttpAction.get("http://a").header("X", "secret:// x"))
        .hasMessageContaining("secret://name");
  }

  @Test
  void output_names_and_selectors_are_checked() {
    HttpAction.Builder builder = HttpAction.get("http://a");
    assertThatThrownBy(() -> builder.output("9x", "status"))
        .hasMessageContaining("request.output.9x");
    for (String bad : List.of("", "id", "header:", "header:a b", "$.a[*]", "$..a", "$x", "/a~2")) {
      assertThatThrownBy(() -> builder.output("x", bad))
          .as(bad)
          .hasMessageStartingWith("request.output.x: expected ");
    }
  }

  @Test
  void text_shows_neither_values_nor_the_query() {
    HttpAction action =
        HttpAction.post("https://example.com/hook?token=hunter2")
            .header("Authorization", "hunter2")
            .body("hunter2")
            .build();
    assertThat(action.toString() + action.body()).doesNotContain("hunter2");
    assertThat(action)
        .hasToString(
            "HttpAction[POST https://example.com/hook?***, headers=[Authorization], timeout=30s]");
    assertThatThrownBy(() -> HttpAction.get("ftp://bob:hunter2@h/?k=hunter2"))
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("bob");
  }

  @Test
  void the_constructor_lists_every_problem() {
    assertThatThrownBy(
            () ->
                new HttpAction(
                    HttpMethod.GET,
                    "nope",
                    Map.of("Host", "x"),
                    Optional.of(new HttpBody.Text("x")),
                    Duration.ZERO,
                    new TreeSet<>(),
                    List.of(),
                    Map.of("1", "?"),
                    false))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly(
                        "request.url",
                        "request.timeout_seconds",
                        "request.headers.Host",
                        "request.success_statuses",
                        "request.body",
                        "request.output.1"));
  }
}
