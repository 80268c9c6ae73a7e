package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.ParentDetail;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheekPayloadTest {

  private static final Instant AT = Instant.parse("2023-04-01T12:00:00Z");

  private final WebhookProvider provider = new WebhookProvider();

  private String render(Message message) {
    Settings settings = WebhookChannel.of("old", "https://example.com").cheek().settings();
    return provider.render(provider.config(settings), message).body();
  }

  /** The page's example. */
  private static Message teapot(boolean succeeded, Optional<Integer> exitCode, Trigger trigger) {
    ParentDetail parent =
        new ParentDetail(
            "ParentJob",
            Optional.of(TriggerEvent.ON_SUCCESS),
            true,
            Optional.of(0),
            Optional.of("Parent job completed successfully"),
            Trigger.SCHEDULE,
            AT.minusSeconds(60),
            Optional.empty());
    return new Message(
        "execution.failed",
        AT,
        new ExecutionSubject(
            TestMessages.JOB,
            "TeapotTask",
            TestMessages.RUN,
            succeeded ? "succeeded" : "failed",
            exitCode,
            Optional.of("I'm a teapot, not a coffee machine!").filter(log -> succeeded),
            Optional.empty(),
            Optional.empty(),
            new RunDetail(
                3,
                !succeeded,
                trigger,
                AT,
                exitCode.filter(code -> code < 256),
                Optional.of("why"),
                List.of("CoffeeMachine"),
                Optional.of(parent).filter(it -> trigger == Trigger.FOLLOW_UP))),
        Notice.of("TeapotTask", Notice.Tone.BAD));
  }

  @Test
  void the_payload_is_that_of_the_page_key_for_key() {
    assertThat(render(teapot(true, Optional.of(0), Trigger.FOLLOW_UP)))
        .isEqualTo(
            """
            {"status":0,"log":"I'm a teapot, not a coffee machine!","name":"TeapotTask",\
            "triggered_at":"2023-04-01T12:00:00Z","triggered_by":"job[ParentJob]",\
            "triggered":["CoffeeMachine"],"retry_attempt":2,"retries_exhausted":false,\
            "triggered_by_job_run":{"status":0,"log":"Parent job completed successfully",\
            "name":"ParentJob","triggered_at":"2023-04-01T11:59:00Z","triggered_by":"cron"}}""");
  }

  @Test
  void a_failure_has_the_exit_code_or_1_and_says_why_if_there_is_no_log() {
    assertThat(render(teapot(false, Optional.of(7), Trigger.SCHEDULE)))
        .startsWith("{\"status\":7,\"log\":\"why\",")
        .endsWith("\"retries_exhausted\":true}");
    assertThat(render(teapot(false, Optional.of(500), Trigger.RUN_NOW)))
        .startsWith("{\"status\":1,")
        .contains("\"triggered_by\":\"manual\"");
    assertThat(render(teapot(false, Optional.of(0), Trigger.SCHEDULE)))
        .startsWith("{\"status\":1,");
    assertThat(render(teapot(true, Optional.of(200), Trigger.SCHEDULE)))
        .startsWith("{\"status\":0,");
  }

  @Test
  void monitors_have_the_same_keys_and_events_of_the_host_stay_what_they_are() {
    assertThat(render(TestMessages.down()))
        .isEqualTo(
            """
            {"status":1,"log":"API Health is down","name":"API Health",\
            "triggered_at":"2026-03-16T10:00:00Z","triggered_by":"monitor","triggered":[],\
            "retry_attempt":0,"retries_exhausted":false}""");
    String own = "{\"a\":1}";
    Message published = TestMessages.published("run_failed", own, Notice.of("x", Notice.Tone.BAD));
    assertThat(JsonText.read(render(published))).isEqualTo(JsonText.read(own));
  }

  @Test
  void there_are_two_formats() {
    Settings settings = WebhookChannel.of("old", "https://example.com").settings();
    assertThat(provider.config(settings.with("format", "trigrun")).format())
        .isEqualTo(WebhookFormat.TRIGRUN);
    assertThatThrownBy(() -> provider.config(settings.with("format", "plain")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("config.format: expected trigrun or cheek, got plain");
  }
}
