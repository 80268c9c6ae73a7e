package io.trigrun.crontab;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.BackoffPolicy;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls of curl are HTTP jobs, and which better stay commands. */
class CurlLineTest {

  private static final String URL = "https://example.com/a";

  private static JobSpec job(String text) {
    return Crontab.parse(text).jobs().get(0);
  }

  private static HttpAction call(String command) {
    JobSpec job = job("@daily " + command);
    assertThat(job.action()).isInstanceOf(HttpAction.class);
    return (HttpAction) job.action();
  }

  @Test
  void a_plain_call_is_a_get_that_takes_any_answer_below_400_for_a_success() {
    HttpAction call = call("curl " + URL);

    assertThat(call)
        .isEqualTo(
            HttpAction.get(URL)
                .successStatuses(IntStream.range(200, 400).toArray())
                .timeout(Duration.ofMinutes(5))
                .build());
    assertThat(job("@daily curl " + URL).retry()).contains(RetryPolicy.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/curl -fsS https://example.com/a",
        "curl -f -s -S -o /dev/null https://example.com/a > /dev/null 2>&1",
        "curl --silent --show-error --fail --output /dev/null --url 'https://example.com/a' 2> /dev/null",
        "curl -so/dev/null \"https://example.com/a\" >>/dev/null 2>/dev/null </dev/null",
        "curl -v --fail-with-body --no-progress-meter https://exam''ple.com/\\a",
      })
  void what_only_changes_what_is_printed_changes_nothing(String command) {
    assertThat(call(command)).isEqualTo(call("curl " + URL));
  }

  @Test
  void method_headers_and_body_are_those_of_curl() {
    HttpAction form = call("curl -d 'a=1' --data \"b=\\\"2\\\"\" -A me " + URL);
    assertThat(form.method()).isEqualTo(HttpMethod.POST);
    assertThat(form.body().orElseThrow().content()).isEqualTo("a=1&b=\"2\"");
    assertThat(form.headers())
        .isEqualTo(Map.of("User-Agent", "me", "Content-Type", "application/x-www-form-urlencoded"));

    HttpAction json = call("curl -XPUT --json '{\"a\":' --json '1}' -H'X-A:b: c' " + URL);
    assertThat(json.method()).isEqualTo(HttpMethod.PUT);
    assertThat(json.body().orElseThrow().content()).isEqualTo("{\"a\":1}");
    assertThat(json.headers())
        .isEqualTo(
            Map.of(
                "X-A", "b: c", "Content-Type", "application/json", "Accept", "application/json"));

    HttpAction raw = call("curl -H 'content-type: text/plain' --data-raw @home " + URL);
    assertThat(raw.body().orElseThrow().content()).isEqualTo("@home");
    assertThat(raw.headers()).isEqualTo(Map.of("content-type", "text/plain"));
    assertThat(call("curl -X DELETE " + URL).method()).isEqualTo(HttpMethod.DELETE);
    assertThat(call("curl -d '' " + URL).body().orElseThrow().content()).isEmpty();
  }

  @Test
  void times_redirects_and_retries_are_those_of_curl() {
    assertThat(call("curl -m 2.5 " + URL).timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(call("curl -sLm10 " + URL).timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(call("curl -sLm10 " + URL).followRedirects()).isTrue();
    assertThat(job("@daily curl --retry 4 " + URL).retry())
        .contains(
            RetryPolicy.attempts(5)
                .withRetryOnStatuses(408, 429, 500, 502, 503, 504)
                .withBackoff(
                    new BackoffPolicy(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0)));
    assertThat(job("@daily curl --retry 1 --retry-delay 30 --retry-connrefused " + URL).retry())
        .map(RetryPolicy::backoff)
        .contains(BackoffPolicy.fixed(Duration.ofSeconds(30)));
  }

  @Test
  void a_question_mark_in_a_url_is_just_that() {
    assertThat(call("curl https://example.com/a?b=c").url()).endsWith("/a?b=c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl",
        "curl -s",
        "curl https://example.com/a https://example.com/b",
        "curl example.com/a",
        "curl ftp://example.com/a",
        "curl https://me:you@example.com/a",
        "curl 'https://example.com/{a,b}'",
        "curl https://example.com/[1-3]",
        "curl https://example.com/a#b",
        "curl -u me:you https://example.com/a",
        "curl -k https://example.com/a",
        "curl -I https://example.com/a",
        "curl -L -e 'https://example.com/b;auto' https://example.com/a",
        "curl -X HEAD https://example.com/a",
        "curl -X post https://example.com/a",
        "curl -X GET -d a https://example.com/a",
        "curl -L -X POST https://example.com/a",
        "curl -G -d a=b https://example.com/a",
        "curl -d @file https://example.com/a",
        "curl --json @- https://example.com/a",
        "curl -d a --json b https://example.com/a",
        "curl -o page https://example.com/a",
        "curl -O https://example.com/a",
        "curl -H 'Host: other' https://example.com/a",
        "curl -H 'Accept:' https://example.com/a",
        "curl -H @headers https://example.com/a",
        "curl -H 'A: 1' -H 'a: 2' https://example.com/a",
        "curl -H 'A: {{uuid}}' https://example.com/a",
        "curl -d '{{timestamp}}' https://example.com/a",
        "curl -m 0 https://example.com/a",
        "curl -m 301 https://example.com/a",
        "curl -m soon https://example.com/a",
        "curl --retry 100 https://example.com/a",
        "curl --retry-all-errors https://example.com/a",
        "curl --connect-timeout 5 https://example.com/a",
        "curl --max-time=5 https://example.com/a",
        "curl -s - https://example.com/a",
        "curl https://example.com/a | jq .",
        "curl https://example.com/a && echo ok",
        "curl https://example.com/a?b=c&d=e",
        "curl https://example.com/a; echo ok",
        "curl https://example.com/a > page",
        "curl https://example.com/a &> /dev/null",
        "curl \"https://example.com/$A\"",
        "curl https://example.com/`date`",
        "curl https://example.com/a # ping",
        "curl 'https://example.com/a",
        "curl https://example.com/a \\",
        "curl -d a https://example.com/a%stdin",
        "A=b curl https://example.com/a",
        "sudo curl https://example.com/a",
        "my/curl https://example.com/a",
        "curlew https://example.com/a",
        "wget https://example.com/a",
      })
  void what_is_not_understood_to_the_letter_stays_a_command(String command) {
    JobSpec job = job("@daily " + command);

    assertThat(job.action())
        .isInstanceOfSatisfying(
            CommandAction.class,
            action ->
                assertThat(command.replace("%stdin", "")).isEqualTo(action.shell().orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https_proxy=http://p:1", "SHELL=/usr/bin/fish", "SSL_CERT_FILE=/a"})
  void settings_that_mean_something_to_curl_make_it_a_command(String setting) {
    assertThat(job(setting + "\n@daily curl " + URL).action()).isInstanceOf(CommandAction.class);
  }
}
