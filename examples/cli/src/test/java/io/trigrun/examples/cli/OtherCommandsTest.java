package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.trigrun.examples.cli.Shell.Result;
import org.junit.jupiter.api.Test;

/** Monitors, executions, import. */
@WireMockTest
class OtherCommandsTest {

  @Test
  void a_monitor_is_created_and_its_address_shown(WireMockRuntimeInfo server) {
    String url = "https://jobs.example.com/v1/ping/mping_" + "a".repeat(120);
    stubFor(
        any(anyUrl())
            .willReturn(jsonResponse("{\"id\": \"m1\", \"ping_url\": \"" + url + "\"}", 201)));

    Result result =
        Shell.at(server)
            .terminal(40)
            .line(
                "trigrun monitors create --name backup --interval 1d --grace 30m --label a --label b");

    assertThat(result.out()).as("never cut").contains(url);
    verify(
        postRequestedFor(urlEqualTo("/v1/monitors"))
            .withRequestBody(
                equalToJson(
                    """
                    {"name": "backup", "expected_interval_sec": 86400, "grace_seconds": 1800,
                     "labels": ["a", "b"]}""")));
  }

  @Test
  void the_least_of_a_monitor(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{}", 201)));

    Shell.at(server).line("trigrun monitors create --name backup --interval 60s");

    verify(
        postRequestedFor(urlEqualTo("/v1/monitors"))
            .withRequestBody(equalToJson("{\"name\": \"backup\", \"expected_interval_sec\": 60}")));
  }

  @Test
  void monitors_in_a_table(WireMockRuntimeInfo server) {
    stubFor(
        any(anyUrl())
            .willReturn(
                jsonResponse(
                    """
                    {"items": [{"id": "m1", "name": "backup", "state": "down",
                     "expected_interval_sec": 86400, "last_ping_at": null,
                     "next_expected_at": "2030-01-01T00:00:00.000Z"}]}""",
                    200)));

    assertThat(Shell.at(server).run("monitors", "list").out())
        .isEqualTo(
            """
            ID  NAME    STATE  EVERY  LAST PING  NEXT EXPECTED
            m1  backup  down   1 d    -          2030-01-01 00:00:00Z
            """);
  }

  @Test
  void executions_in_a_table_and_one_with_its_attempts(WireMockRuntimeInfo server) {
    String execution =
        """
        {"id": "e1", "job_id": "j1", "status": "failed",
         "scheduled_for": "2030-01-01T00:00:00.000Z", "started_at": "2030-01-01T00:00:00.100Z",
         "finished_at": "2030-01-01T00:01:05.100Z", "attempts": [
          {"number": 1, "status": "HTTP_ERROR", "status_code": 500, "body_preview": "oh\\nno"},
          {"number": 2, "status": "TIMEOUT", "status_code": null, "error": "too late"}]}""";
    stubFor(
        any(urlEqualTo("/v1/executions?limit=100"))
            .willReturn(jsonResponse("{\"items\": [" + execution + "]}", 200)));
    stubFor(any(urlEqualTo("/v1/executions/e1")).willReturn(jsonResponse(execution, 200)));

    assertThat(Shell.at(server).run("executions", "list").out())
        .isEqualTo(
            """
            ID  STATUS  JOB  SCHEDULED FOR         TOOK
            e1  failed  j1   2030-01-01 00:00:00Z  1 min 5 s
            """);
    assertThat(Shell.at(server).run("executions", "get", "e1").out())
        .isEqualTo(
            """
            id             e1
            job_id         j1
            status         failed
            scheduled_for  2030-01-01 00:00:00Z
            started_at     2030-01-01 00:00:00Z
            finished_at    2030-01-01 00:01:05Z

            attempts
              NUMBER  STATUS      STATUS_CODE  BODY_PREVIEW  ERROR
              1       HTTP_ERROR  500          oh no         -
              2       TIMEOUT     -            -             too late
            """);
  }

  @Test
  void executions_are_replayed_and_cancelled(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"id\": \"e2\"}", 202)));

    assertThat(Shell.at(server).run("executions", "replay", "e1").out())
        .isEqualTo("Execution e2 is queued.\n");
    assertThat(Shell.at(server).run("executions", "cancel", "e1").out())
        .isEqualTo("Cancelled execution e1.\n");
    verify(postRequestedFor(urlEqualTo("/v1/executions/e1/replay")));
    verify(postRequestedFor(urlEqualTo("/v1/executions/e1/cancel")));
  }

  @Test
  void a_crontab_and_what_became_of_its_lines(WireMockRuntimeInfo server) {
    String crontab =
        """
        # of shop
        MAILTO=ops@example.com

        0 3 * * * /opt/backup.sh --password=geheim
        @daily curl https://example.com/tick
        """;
    stubFor(
        any(anyUrl())
            .willReturn(
                jsonResponse(
                    """
                    {"items": [{"line": 4, "change": "created", "job": {"id": "j1", "name": "backup.sh-1c8a44f0"}},
                               {"line": 5, "change": "unchanged", "job": "example.com-90b1d2e3"}],
                     "notes": [{"line": 2, "text": "rules say who hears of failures"}]}""",
                    200)));

    Result result =
        Shell.at(server).piped(crontab).line("trigrun import - --timezone Europe/Zurich");

    assertThat(result.out())
        .isEqualTo(
            """
            LINE  RESULT     JOB                   NOTE
            2     setting    -                     rules say who hears of failures
            4     created    backup.sh-1c8a44f0    -
            5     unchanged  example.com-90b1d2e3  -
            """);
    assertThat(result.all()).doesNotContain("geheim");
    verify(
        postRequestedFor(urlEqualTo("/v1/jobs/import"))
            .withRequestBody(
                equalToJson(
                    Json.object()
                        .put("crontab", crontab)
                        .put("timezone", "Europe/Zurich")
                        .toString())));
  }
}
