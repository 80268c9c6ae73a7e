package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.trigrun.examples.cli.Shell.Result;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@WireMockTest
class JobCommandsTest {

  private static final String JOB =
      """
      {"id": "0197f3a0-0000-7000-8000-000000000001", "name": "report", "kind": "cron", "state": "active",
       "schedule": {"cron": "0 6 * * 1-5", "timezone": "Europe/Zurich"},
       "request": {"url": "https://example.com/report", "headers": {}, "body": null},
       "next_run_at": "2030-01-01T05:00:00.000Z"}""";

  @Test
  void a_job_is_put_together_from_options(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(JOB, 201)));

    Result result =
        Shell.at(server)
            .run(
                "jobs",
                "create",
                "--name",
                "report",
                "--cron",
                "0 6 * * 1-5",
                "--timezone",
                "Europe/Zurich",
                "--url",
                "https://example.com/report",
                "--method",
                "POST",
                "-H",
                "Authorization: Bearer secret://report",
                "--header",
                "X-A:1",
                "--body",
                "{\"pages\": 2}",
                "--timeout",
                "1m30s",
                "--success-status",
                "200,202",
                "--max-attempts",
                "5");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertCreated(
        """
        {"name": "report", "kind": "cron",
         "schedule": {"cron": "0 6 * * 1-5", "timezone": "Europe/Zurich"},
         "request": {"url": "https://example.com/report", "method": "POST",
          "headers": {"Authorization": "Bearer secret://report", "X-A": "1"}, "body": {"pages": 2},
          "timeout_seconds": 90, "success_statuses": [200, 202]},
         "retry_policy": {"max_attempts": 5}}""");
  }

  @Test
  void the_kind_follows_from_when(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(JOB, 201)));
    List<String> base = List.of("jobs", "create", "--name", "a", "--url", "https://example.com");

    create(server, base, "--every", "1h30m");
    create(server, base, "--at", "2030-01-31T03:00:00Z");
    create(server, base, "--now", "--body", "12 texts");

    String request = "\"request\": {\"url\": \"https://example.com\"}";
    assertCreated(
        "{\"name\": \"a\", \"kind\": \"recurring\", \"schedule\": {\"every_n_minutes\": 90}, "
            + request
            + "}");
    assertCreated(
        "{\"name\": \"a\", \"kind\": \"scheduled\", \"schedule\": {\"run_at\":"
            + " \"2030-01-31T03:00:00Z\"}, "
            + request
            + "}");
    assertCreated(
        "{\"name\": \"a\", \"kind\": \"one_time\", \"request\": {\"url\": \"https://example.com\","
            + " \"body\": \"12 texts\"}}");
  }

  @Test
  void any_job_comes_from_a_file(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(JOB, 201)));
    String workflow = "{\"name\": \"w\", \"kind\": \"workflow\", \"steps\": [{\"id\": \"a\"}]}";

    Result result = Shell.at(server).piped(workflow).run("jobs", "create", "--file", "-");

    assertThat(result.exitCode()).isZero();
    assertCreated(workflow);
    Result broken =
        Shell.at(server).piped("{\n \"pass\": geheim}").run("jobs", "create", "--file", "-");
    assertThat(broken.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(broken.err()).contains("-: expected JSON, line 2");
  }

  @Test
  void what_is_not_named_in_a_change_stays(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(JOB, 200)));
    Shell shell = Shell.at(server);

    shell.run("jobs", "update", "1", "--at", "2030-01-31T03:00:00Z", "--method", "POST");
    shell.run("jobs", "update", "1", "--timezone", "Europe/Paris", "--max-attempts", "2");
    shell.piped("{\"retry_policy\": null}").run("jobs", "update", "1", "--file", "-");

    for (String change :
        List.of(
            "{\"kind\": \"scheduled\", \"schedule\": {\"run_at\": \"2030-01-31T03:00:00Z\"},"
                + " \"request\": {\"method\": \"POST\"}}",
            "{\"schedule\": {\"timezone\": \"Europe/Paris\"}, \"retry_policy\": {\"max_attempts\": 2}}",
            "{\"retry_policy\": null}")) {
      verify(
          patchRequestedFor(urlEqualTo("/v1/jobs/1"))
              .withoutHeader("Idempotency-Key")
              .withRequestBody(equalToJson(change)));
    }
  }

  @Test
  void many_numbers_in_a_row_are_told_by_their_ends(WireMockRuntimeInfo server) {
    stubFor(
        any(anyUrl())
            .willReturn(
                jsonResponse("{\"n\": [1, 200, 201, 202, 203, 204, 207, 208, \"a\"]}", 200)));

    assertThat(Shell.at(server).run("jobs", "get", "1").out())
        .isEqualTo("n  1, 200 to 204, 207, 208, a\n");
  }

  @Test
  void a_job_is_shown_by_the_fields_that_have_a_value(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(JOB, 200)));

    Shell shell = Shell.at(server);

    assertThat(shell.run("jobs", "get", "1").out())
        .isEqualTo(
            """
            id                 0197f3a0-0000-7000-8000-000000000001
            name               report
            kind               cron
            state              active
            schedule.cron      0 6 * * 1-5
            schedule.timezone  Europe/Zurich
            request.url        https://example.com/report
            next_run_at        2030-01-01 05:00:00Z
            """);
    assertThat(shell.run("jobs", "get", "1", "--json").out()).isEqualTo(JOB + "\n");
  }

  @Test
  void what_is_done_to_a_job_is_told_in_a_sentence(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(JOB, 200)));
    stubFor(any(urlEqualTo("/v1/jobs/1")).willReturn(noContent()));
    stubFor(
        any(urlEqualTo("/v1/jobs/1/run-now")).willReturn(jsonResponse("{\"id\": \"e1\"}", 202)));
    Shell shell = Shell.at(server);

    assertThat(shell.run("jobs", "pause", "1").out()).isEqualTo("Paused report.\n");
    assertThat(shell.run("jobs", "resume", "1").out())
        .isEqualTo("Resumed report, next run 2030-01-01 05:00:00Z.\n");
    assertThat(shell.run("jobs", "run-now", "1").out()).isEqualTo("Execution e1 is queued.\n");
    assertThat(shell.run("jobs", "delete", "1").out()).isEqualTo("Deleted job 1.\n");
    assertThat(shell.run("jobs", "delete", "1", "--json").all()).isEmpty();
    assertThat(shell.run("jobs", "run-now", "1", "--json").out()).isEqualTo("{\"id\": \"e1\"}\n");
    verify(postRequestedFor(urlEqualTo("/v1/jobs/1/pause")));
    verify(postRequestedFor(urlEqualTo("/v1/jobs/1/resume")));
    verify(2, deleteRequestedFor(urlEqualTo("/v1/jobs/1")));
  }

  @Test
  void the_list_says_when(WireMockRuntimeInfo server) {
    String items =
        "{\"items\": ["
            + JOB
            + """
            , {"id": "2", "name": "tick", "state": "paused", "schedule": {"every_n_minutes": 5}},
              {"id": "3", "name": "once", "kind": "scheduled", "state": "completed",
               "schedule": {"run_at": "2029-12-31T23:59:59.123Z"}},
              {"id": "4", "name": "hook", "kind": "webhook_trigger", "state": "active"}]}""";
    stubFor(any(anyUrl()).willReturn(jsonResponse(items, 200)));

    assertThat(Shell.at(server).run("jobs", "list").out())
        .isEqualTo(
            """
            ID                                    NAME    STATE      SCHEDULE                   NEXT RUN
            0197f3a0-0000-7000-8000-000000000001  report  active     0 6 * * 1-5 Europe/Zurich  2030-01-01 05:00:00Z
            2                                     tick    paused     every 5 min                -
            3                                     once    completed  2029-12-31 23:59:59Z       -
            4                                     hook    active     webhook_trigger            -
            """);
  }

  private static void create(WireMockRuntimeInfo server, List<String> base, String... more) {
    String[] all = Stream.concat(base.stream(), Arrays.stream(more)).toArray(String[]::new);
    Result result = Shell.at(server).run(all);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static void assertCreated(String body) {
    verify(postRequestedFor(urlEqualTo("/v1/jobs")).withRequestBody(equalToJson(body)));
  }
}
