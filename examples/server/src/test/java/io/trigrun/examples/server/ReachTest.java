package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --allow-network} and the URLs of providers let out. */
class ReachTest {

  @TempDir Path temporary;

  @Test
  void jobs_and_channels_of_every_kind_may_call_an_address_that_is_allowed() throws Exception {
    try (Elsewhere elsewhere = new Elsewhere();
        MailServer mail = new MailServer();
        ServerProcess server =
            launch(
                elsewhere,
                "--allow-network=10.0.0.0/8,127.0.0.0/8",
                "--telegram-api-url=" + elsewhere.url() + "/api",
                "--smtp-url=" + mail.url(),
                "--email-from=Jobs <jobs@example.com>")) {
      server.line("ready: ");
      assertThat(mail.mails().poll(60, TimeUnit.SECONDS))
          .contains("<jobs@example.com>", "To: team@example.com");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(elsewhere.calls())
                      .contains("/gone", "/hook", "/slack", "/discord", "/teams")
                      .contains("/api/bot123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11/sendMessage"));
    }
  }

  @Test
  void and_none_that_is_not() throws Exception {
    try (Elsewhere elsewhere = new Elsewhere();
        ServerProcess server = launch(elsewhere, "--allow-network=10.0.0.0/8")) {
      assertThat(server.end()).isEqualTo(1);
      assertThat(server.log())
          .contains("request.url: expected a host on the internet", "got 127.0.0.1: loopback");
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  private ServerProcess launch(Elsewhere elsewhere, String... more) throws Exception {
    Path file =
        Files.writeString(
            temporary.resolve("jobs.yaml"),
            """
            jobs:
              fails: {run_at: now, request: {url: "URL/gone"}}
            channels:
              hook: {type: webhook, config: {url: "URL/hook"}}
              slack: {type: slack, config: {webhook_url: "URL/slack"}}
              discord: {type: discord, config: {webhook_url: "URL/discord"}}
              teams: {type: teams, config: {webhook_url: "URL/teams"}}
              telegram:
                type: telegram
                config: {bot_token: "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11", chat_id: "-100"}
              mail: {type: email, config: {email: team@example.com}}
            rules:
              - {channel: hook, event: on_failure, job: fails}
              - {channel: slack, event: on_failure, job: fails}
              - {channel: discord, event: on_failure, job: fails}
              - {channel: teams, event: on_failure, job: fails}
              - {channel: telegram, event: on_failure, job: fails}
              - {channel: mail, event: on_failure, job: fails}
            """
                .replace("URL", elsewhere.url()));
    List<String> arguments =
        new ArrayList<>(List.of("--port=0", "--data=" + temporary, "--schedule-file=" + file));
    arguments.addAll(List.of(more));
    return ServerProcess.launch(Map.of(), arguments);
  }
}
