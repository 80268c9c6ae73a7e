package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.trigrun.examples.cli.Shell.Result;
import org.junit.jupiter.api.Test;

@WireMockTest
class WatchTest {

  private static final String QUEUED = "{\"id\": \"e1\", \"status\": \"queued\", \"attempts\": []}";
  private static final String HALF =
      """
      {"id": "e1", "status": "running", "attempts": [{"number": 1}, {"number": 2}],
       "progress": {"fraction": 0.5, "message": "page 3 of 6"}}""";
  private static final String DONE =
      "{\"id\": \"e1\", \"status\": \"succeeded\", \"attempts\": [{}]}";
  private static final String FAILED =
      "{\"id\": \"e1\", \"status\": \"failed\", \"error_class\": \"HTTP_5XX\"}";

  @Test
  void a_line_for_each_change_until_it_has_succeeded(WireMockRuntimeInfo server) {
    answers(ok(QUEUED), ok(QUEUED), ok(HALF), ok(HALF), ok(DONE));

    Result result = Shell.at(server).run("executions", "watch", "e1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            e1 · queued
            e1 · running · attempt 2 · 50 % · page 3 of 6
            e1 · succeeded
            """);
    verify(5, getRequestedFor(urlEqualTo("/v1/executions/e1")));
  }

  @Test
  void one_line_that_is_written_over_on_a_terminal(WireMockRuntimeInfo server) {
    answers(ok(QUEUED), ok(HALF), ok(DONE));

    Result result = Shell.at(server).terminal(32).run("executions", "watch", "e1");

    assertThat(result.out())
        .isEqualTo(
            "\re1 · queued · 0 ms\u001b[K"
                + "\re1 · running · attempt 2 · 50 …\u001b[K"
                + "\re1 · succeeded · 2 s\u001b[K\n");
  }

  @Test
  void failing_has_an_exit_code_of_its_own(WireMockRuntimeInfo server) {
    answers(ok(FAILED));

    Result result = Shell.at(server).run("executions", "watch", "e1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.WATCHED_FAILED);
    assertThat(result.out()).isEqualTo("e1 · failed · HTTP_5XX\n");

    answers(ok("{\"id\": \"e1\", \"status\": \"cancelled\"}"));
    assertThat(Shell.at(server).run("executions", "watch", "e1").exitCode())
        .isEqualTo(ExitCode.WATCHED_FAILED);
  }

  @Test
  void programs_get_the_end_and_people_beside_them_the_progress(WireMockRuntimeInfo server) {
    answers(ok(QUEUED), ok(FAILED));

    Result result = Shell.at(server).terminal(80).run("executions", "watch", "e1", "--json");

    assertThat(result.exitCode()).isEqualTo(ExitCode.WATCHED_FAILED);
    assertThat(result.out()).isEqualTo(FAILED + "\n");
    assertThat(result.err()).isEqualTo("e1 · queued\ne1 · failed · HTTP_5XX\n");
  }

  @Test
  void a_server_that_restarts_is_waited_for(WireMockRuntimeInfo server) {
    answers(
        ok(QUEUED),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withStatus(503).withHeader("Retry-After", "5"),
        ok(DONE));

    Result result = Shell.at(server).run("executions", "watch", "e1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void a_server_that_stays_away_is_not(WireMockRuntimeInfo server) {
    answers(ok(QUEUED), aResponse().withStatus(503));

    Result result = Shell.at(server).run("executions", "watch", "e1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    verify(12, getRequestedFor(urlEqualTo("/v1/executions/e1")));
  }

  @Test
  void what_is_not_there_is_not_waited_for(WireMockRuntimeInfo server) {
    answers(
        jsonResponse(
            "{\"error\": {\"code\": \"not_found\", \"message\": \"no such execution\"}}", 404));

    assertThat(Shell.at(server).run("executions", "watch", "e1").exitCode())
        .isEqualTo(ExitCode.REFUSED);
    verify(1, getRequestedFor(urlEqualTo("/v1/executions/e1")));
  }

  @Test
  void patience_ends(WireMockRuntimeInfo server) {
    answers(ok(QUEUED));

    Result result = Shell.at(server).run("executions", "watch", "e1", "--at-most", "10s");

    assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err()).isEqualTo("trigrun: the execution has not ended within 10 s\n");
    verify(11, getRequestedFor(urlEqualTo("/v1/executions/e1")));
  }

  private static ResponseDefinitionBuilder ok(String body) {
    return jsonResponse(body, 200);
  }

  /** One after the other; the last one stays. */
  private static void answers(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      stubFor(
          get(urlEqualTo("/v1/executions/e1"))
              .inScenario("watch")
              .whenScenarioStateIs(state(i))
              .willSetStateTo(i == answers.length - 1 ? state(i) : state(i + 1))
              .willReturn(answers[i]));
    }
  }

  private static String state(int answer) {
    return answer == 0 ? Scenario.STARTED : "after " + answer;
  }
}
