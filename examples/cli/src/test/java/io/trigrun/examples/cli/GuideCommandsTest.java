package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.requestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.trigrun.examples.cli.Shell.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each line of the guides' command line reference, and the request it makes; cronctl is the same.
 */
@WireMockTest
class GuideCommandsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trigrun channels list              | GET    | /v1/notification-channels
          trigrun channels test CHANNEL_ID   | POST   | /v1/notification-channels/CHANNEL_ID/test
          trigrun channels delete CHANNEL_ID | DELETE | /v1/notification-channels/CHANNEL_ID
          trigrun rules list JOB_ID          | GET    | /v1/jobs/JOB_ID/notification-rules
          trigrun rules remove JOB_ID RULE_ID | DELETE | /v1/jobs/JOB_ID/notification-rules/RULE_ID
          trigrun deliveries list            | GET    | /v1/notification-deliveries
          trigrun deliveries retry DELIVERY_ID | POST | /v1/notification-deliveries/DELIVERY_ID/retry
          """)
  void a_line_without_a_body(String line, String method, String path, WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"ok\": true, \"items\": []}", 200)));
    stubFor(delete(anyUrl()).willReturn(noContent()));

    Result result = Shell.at(server).line(line);

    assertThat(result.exitCode()).as(result.err()).isZero();
    verify(asked(method, path).withRequestBody(absent()).withoutHeader("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource({"trigrun", "cronctl"})
  void deliveries_by_status(String name, WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"items\": []}", 200)));

    assertThat(Shell.at(server).line(name + " deliveries list --status failed").exitCode())
        .isZero();

    verify(asked("GET", "/v1/notification-deliveries").withQueryParam("status", equalTo("failed")));
  }

  @ParameterizedTest
  @CsvSource({"trigrun", "cronctl"})
  void a_rule_is_added(String name, WireMockRuntimeInfo server) {
    stubFor(
        any(anyUrl()).willReturn(jsonResponse("{\"id\": \"r1\", \"event\": \"on_failure\"}", 201)));

    Result result =
        Shell.at(server).line(name + " rules add JOB_ID --channel CHANNEL_ID --event on_failure");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("id     r1\nevent  on_failure\n");
    verify(
        asked("POST", "/v1/jobs/JOB_ID/notification-rules")
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(
                equalToJson("{\"channel_id\": \"CHANNEL_ID\", \"event\": \"on_failure\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          trigrun channels create --name ops --type webhook --url https://example.com/hook | {"name": "ops", "type": "webhook", "config": {"url": "https://example.com/hook"}}
          trigrun channels create --name alerts --type email --email team@example.com      | {"name": "alerts", "type": "email", "config": {"email": "team@example.com"}}
          trigrun channels create --name tg --type telegram --bot-token 123:ABC --chat-id -100123 | {"name": "tg", "type": "telegram", "config": {"bot_token": "123:ABC", "chat_id": "-100123"}}
          trigrun channels create --name s --type slack --url https://hooks.slack.com/services/T00/B00/xxx --config mention_text=@channel --include-output | {"name": "s", "type": "slack", "config": {"webhook_url": "https://hooks.slack.com/services/T00/B00/xxx", "mention_text": "@channel", "include_output": true}}
          trigrun channels create --name d --type discord --url https://discord.com/api/webhooks/1/a --config thread_id=456 --config mention_role_ids=["789"] | {"name": "d", "type": "discord", "config": {"webhook_url": "https://discord.com/api/webhooks/1/a", "thread_id": "456", "mention_role_ids": ["789"]}}
          """)
  void a_channel_is_created(String line, String body, WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"id\": \"c1\"}", 201)));

    Result result = Shell.at(server).line(line);

    assertThat(result.exitCode()).as(result.err()).isZero();
    verify(asked("POST", "/v1/notification-channels").withRequestBody(equalToJson(body)));
  }

  @Test
  void a_bot_token_may_come_by_a_pipe_and_is_not_shown(WireMockRuntimeInfo server) {
    String token = "123456:ABC-DEF-ghi";
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"echo\": \"" + token + "\"}", 201)));

    Result result =
        Shell.at(server)
            .piped(token + "\n")
            .line("trigrun channels create --name tg --type telegram --bot-token - --chat-id -1");

    assertThat(result.all()).doesNotContain(token).contains("***");
    verify(
        asked("POST", "/v1/notification-channels")
            .withRequestBody(
                equalToJson(
                    "{\"name\": \"tg\", \"type\": \"telegram\", \"config\": {\"bot_token\": \""
                        + token
                        + "\", \"chat_id\": \"-1\"}}")));
  }

  @Test
  void a_test_that_fails_is_told_with_its_reason(WireMockRuntimeInfo server) {
    String answer =
        """
        {"ok": false, "error": {"code": "notification_test_failed",
         "message": "Telegram returned 403: bot was blocked by the user"},
         "http_status": 403, "permanent": true}""";
    stubFor(any(anyUrl()).willReturn(jsonResponse(answer, 200)));

    Result result = Shell.at(server).run("channels", "test", "c1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.err())
        .isEqualTo(
            "trigrun: notification_test_failed (403): Telegram returned 403: bot was blocked by"
                + " the user\n");
    Result json = Shell.at(server).run("channels", "test", "c1", "--json");
    assertThat(json.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(json.out()).isEqualTo(answer + "\n");
  }

  @Test
  void a_test_that_reached_nobody_has_no_status(WireMockRuntimeInfo server) {
    String answer = "{\"ok\": false, \"error\": {\"code\": \"c\", \"message\": \"no address\"}}";
    stubFor(any(anyUrl()).willReturn(jsonResponse(answer, 200)));

    assertThat(Shell.at(server).run("channels", "test", "c1").err())
        .isEqualTo("trigrun: c: no address\n");
  }

  @Test
  void rules_of_a_monitor(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"id\": \"r1\"}", 201)));

    Shell.at(server).line("trigrun rules add m1 --monitor --channel c1 --event on_down");

    verify(
        asked("POST", "/v1/monitors/m1/notification-rules")
            .withRequestBody(equalToJson("{\"channel_id\": \"c1\", \"event\": \"on_down\"}")));
  }

  private static RequestPatternBuilder asked(String method, String path) {
    return requestedFor(method, urlPathEqualTo(path))
        .withHeader("Authorization", equalTo("Bearer " + Shell.TOKEN))
        .withHeader("Accept", equalTo("application/json"));
  }
}
