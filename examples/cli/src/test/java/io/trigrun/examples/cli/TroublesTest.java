package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.findAll;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.trigrun.examples.cli.Shell.Result;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit codes, and what is said with them. */
@WireMockTest
class TroublesTest {

  private static final String INVALID =
      """
      {"error": {"code": "validation_failed", "message": "2 things are wrong, see details",
       "details": [{"field": "/name", "message": "expected 1 to 200 characters, got 0"},
                   {"field": "/schedule/cron", "message": "expected five fields, got 4"}]}}""";

  @Test
  void a_refusal_has_code_message_and_every_detail(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(INVALID, 400)));

    Result result = Shell.at(server).run("jobs", "get", "j1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            """
            trigrun: validation_failed (400): 2 things are wrong, see details
              /name: expected 1 to 200 characters, got 0
              /schedule/cron: expected five fields, got 4
            """);
    Result json = Shell.at(server).run("jobs", "get", "j1", "--json");
    assertThat(json.out()).isEmpty();
    assertThat(json.err()).isEqualTo(INVALID + "\n");
  }

  @Test
  void a_conflict_names_who_stands_in_the_way(WireMockRuntimeInfo server) {
    stubFor(
        any(anyUrl())
            .willReturn(
                jsonResponse(
                    """
                    {"error": {"code": "conflict", "message": "in use", "details":
                     [{"kind": "channel", "id": "c1", "name": "ops"}]}}""",
                    409)));

    Result result = Shell.at(server).run("secrets", "delete", "api");

    assertThat(result.err())
        .isEqualTo("trigrun: conflict (409): in use\n  kind: channel, id: c1, name: ops\n");
  }

  @ParameterizedTest
  @CsvSource({"401,4", "403,4", "400,1", "404,1", "409,1", "429,1", "500,1", "503,1"})
  void the_exit_code_of_a_status(int status, int exitCode, WireMockRuntimeInfo server) {
    String body = "{\"error\": {\"code\": \"some_code\", \"message\": \"why\", \"details\": []}}";
    stubFor(any(anyUrl()).willReturn(jsonResponse(body, status)));

    Result result = Shell.at(server).run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.err()).isEqualTo("trigrun: some_code (" + status + "): why\n");
  }

  @Test
  void who_has_set_no_token_is_told_so(WireMockRuntimeInfo server) {
    String body = "{\"error\": {\"code\": \"unauthorized\", \"message\": \"no token\"}}";
    stubFor(any(anyUrl()).willReturn(jsonResponse(body, 401)));

    Result result = Shell.at(server).without("TRIGRUN_TOKEN").run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.UNAUTHORIZED);
    assertThat(result.err()).endsWith("  TRIGRUN_TOKEN is not set\n");
    verify(anyRequestedFor(anyUrl()).withHeader("Authorization", absent()));
  }

  @Test
  void what_is_no_answer_of_the_api_is_not_repeated(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(aResponse().withStatus(502).withBody("<h1>Bad Gateway</h1>")));
    assertThat(Shell.at(server).run("jobs", "list").err())
        .isEqualTo("trigrun: answered 502, and not in the way of this API\n");

    stubFor(any(anyUrl()).willReturn(ok("<h1>Welcome</h1>")));
    Result welcome = Shell.at(server).run("jobs", "list");
    assertThat(welcome.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(welcome.err()).contains("(200) is no JSON").doesNotContain("Welcome");
  }

  @Test
  void nobody_there() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    Result result =
        new Shell().with("TRIGRUN_API_URL", "http://127.0.0.1:" + free).run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err()).contains("nobody answers at http://127.0.0.1:" + free);
  }

  @Test
  void an_answer_that_does_not_come_or_does_not_end(WireMockRuntimeInfo server) {
    stubFor(any(urlPathEqualTo("/v1/jobs/late")).willReturn(ok("{}").withFixedDelay(4_000)));
    stubFor(
        any(urlPathEqualTo("/v1/jobs/slow"))
            .willReturn(ok("{\"a\": 12345}").withChunkedDribbleDelay(10, 4_000)));

    for (String id : new String[] {"late", "slow"}) {
      Result result = Shell.at(server).with("TRIGRUN_TIMEOUT", "1s").run("jobs", "get", id);
      assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(result.err()).contains("did not answer within 1 s");
    }
  }

  @Test
  void a_connection_that_breaks(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    Result result = Shell.at(server).run("jobs", "list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err()).contains("broke");
  }

  @Test
  void what_makes_something_is_said_again_with_its_key(WireMockRuntimeInfo server) {
    stubFor(
        any(anyUrl())
            .inScenario("again")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("broken")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    stubFor(
        any(anyUrl())
            .inScenario("again")
            .whenScenarioStateIs("broken")
            .willReturn(jsonResponse("{\"id\": \"e1\"}", 202)));

    Result result = Shell.at(server).run("jobs", "run-now", "1");

    assertThat(result.out()).as(result.err()).isEqualTo("Execution e1 is queued.\n");
    assertThat(keys()).hasSize(2);
    assertThat(Set.copyOf(keys())).hasSize(1).first().asString().matches("[0-9a-f-]{36}");
    Shell.at(server).run("jobs", "run-now", "1");
    assertThat(Set.copyOf(keys())).as("another command, another key").hasSize(2);
  }

  @Test
  void but_once_only_and_nothing_else_is(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    Result result = Shell.at(server).run("jobs", "run-now", "1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err()).contains("broke").endsWith("it may have been done all the same\n");
    assertThat(keys()).hasSize(2);
    Shell.at(server).run("channels", "test", "c1");
    verify(1, anyRequestedFor(urlEqualTo("/v1/notification-channels/c1/test")));
  }

  private static List<String> keys() {
    return findAll(anyRequestedFor(anyUrl()).withHeader("Idempotency-Key", matching(".+"))).stream()
        .map(request -> request.getHeader("Idempotency-Key"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs update 1",
        "monitors update 1",
        "channels update 1",
        "jobs list --limit 0",
        "jobs list extra",
        "jobs get",
        "jobs lst",
        "jobs create --name a --url https://example.com",
        "jobs create --name a --url https://example.com --cron * --now",
        "jobs create --name a --url https://example.com --every 90s",
        "jobs create --name a --url https://example.com --now --header nothing",
        "jobs create --file /does/not/exist",
        "jobs create --file - --name a",
        "monitors create --name a --interval 60",
        "deliveries list --execution e1 --status failed",
        "secrets create a --value-file /does/not/exist",
        "import jobs.yaml",
        "channels create --name a",
        "completion fish",
        "nothing"
      })
  void usage_is_checked_before_anything_is_sent(String line, WireMockRuntimeInfo server) {
    Result result = Shell.at(server).line("trigrun " + line);

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotEmpty();
    verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void an_id_is_one_part_of_the_path_whatever_it_holds(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{}", 200)));

    Shell.at(server).run("jobs", "get", "../secrets?x=é#");

    verify(1, anyRequestedFor(anyUrl()));
    verify(anyRequestedFor(urlEqualTo("/v1/jobs/..%2Fsecrets%3Fx%3D%C3%A9%23")));
    assertThat(Shell.at(server).run("jobs", "get", "").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Shell.at(server).run("jobs", "get", "caf\ufffd").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
