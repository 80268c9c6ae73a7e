package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.trigrun.examples.cli.Shell.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token goes to the API and nowhere else. */
@WireMockTest
class TokenTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401, 500})
  void a_server_that_repeats_it_does_not_make_us_print_it(int status, WireMockRuntimeInfo server) {
    String body =
        """
        {"id": "T", "name": "Bearer T", "error": {"code": "T", "message": "got T", "details":
         [{"field": "T", "message": "T"}]}, "items": [{"id": "T", "name": "a T b"}], "T": "T"}"""
            .replace("T", Shell.TOKEN);
    stubFor(any(anyUrl()).willReturn(jsonResponse(body, status)));

    for (String line :
        new String[] {"jobs list", "jobs get 1", "jobs pause 1", "channels test 1"}) {
      Shell narrow = Shell.at(server).terminal(60);
      assertThat(narrow.line("trigrun " + line).all()).isNotEmpty().doesNotContain("0123456789");
      Result json = Shell.at(server).line("trigrun " + line + " --json");
      assertThat(json.all()).isNotEmpty().doesNotContain("0123456789");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_is_not_followed(int status, WireMockRuntimeInfo server) {
    ResponseDefinitionBuilder redirect =
        aResponse().withStatus(status).withHeader("Location", "/elsewhere");
    stubFor(any(urlEqualTo("/v1/jobs/1")).willReturn(redirect));

    Result result = Shell.at(server).run("jobs", "get", "1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.err()).contains("answers " + status).contains("to /elsewhere");
    verify(0, anyRequestedFor(urlEqualTo("/elsewhere")));
  }

  @Test
  void the_older_names_count_where_the_new_ones_are_missing(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{}", 200)));

    new Shell()
        .with("CRON_API_URL", server.getHttpBaseUrl() + "/")
        .with("CRON_TOKEN", "old")
        .run("jobs", "get", "1");
    Shell.at(server)
        .with("CRON_API_URL", "http://127.0.0.1:1")
        .with("CRON_TOKEN", "old")
        .run("jobs", "get", "2");

    verify(
        anyRequestedFor(urlEqualTo("/v1/jobs/1"))
            .withHeader("Authorization", equalTo("Bearer old")));
    verify(
        anyRequestedFor(urlEqualTo("/v1/jobs/2"))
            .withHeader("Authorization", equalTo("Bearer " + Shell.TOKEN)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080,false",
    "http://127.1.2.3,false",
    "http://localhost:1,false",
    "http://LOCALHOST,false",
    "http://[::1]:8080,false",
    "https://example.com,false",
    "http://example.com,true",
    "HTTP://example.com,true",
    "http://127.0.0.1.example.com,true",
    "http://localhost.example.com,true",
    "http://10.0.0.1,true",
    "http://[2001:db8::1],true"
  })
  void whether_somebody_on_the_way_can_read_it(String api, boolean shows) {
    Settings settings = Settings.of(Map.of("TRIGRUN_API_URL", api, "TRIGRUN_TOKEN", Shell.TOKEN));

    assertThat(settings.showsToken()).isEqualTo(shows);
    assertThat(Settings.of(Map.of("TRIGRUN_API_URL", api)).showsToken()).isFalse();
    assertThat(settings.toString()).doesNotContain(Shell.TOKEN);
  }

  @Test
  void the_warning_comes_once(WireMockRuntimeInfo server) {
    String more = "{\"items\": [{\"id\": \"1\"}], \"next_cursor\": \"c\"}";
    stubFor(any(urlEqualTo("/v1/jobs?limit=100")).willReturn(jsonResponse(more, 200)));
    stubFor(any(urlEqualTo("/v1/jobs?limit=100&cursor=c")).willReturn(jsonResponse("{}", 200)));
    String here =
        "http://0.0.0.0:" + server.getHttpPort(); // reaches us, and is no loopback address

    Result result = Shell.at(server).with("TRIGRUN_API_URL", here).run("jobs", "list");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .containsOnlyOnce("warning: the token goes to " + here + " unencrypted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words here", "line\nbreak-secret", "Schlüssel-secret"})
  void a_token_that_can_be_none_is_refused_unseen(String token, WireMockRuntimeInfo server) {
    Result result = Shell.at(server).with("TRIGRUN_TOKEN", token).run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo("trigrun: TRIGRUN_TOKEN: expected printable ASCII without blanks\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "ftp://example.com",
        "https://user:geheim@example.com",
        "https://example.com?token=geheim",
        "https://exa mple.com/geheim",
        "file:///etc"
      })
  void a_url_that_can_be_none_is_refused_unseen(String url) {
    assertThatThrownBy(() -> Settings.of(Map.of("TRIGRUN_API_URL", url)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("TRIGRUN_API_URL: expected http:// or https://")
        .hasMessageNotContaining("geheim")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/,https://example.com",
    "https://example.com/v1,https://example.com",
    "https://example.com/jobs/v1/,https://example.com/jobs"
  })
  void a_url_may_end_in_what_we_add(String url, String api) {
    assertThat(Settings.of(Map.of("TRIGRUN_API_URL", url)).api()).hasToString(api);
  }
}
