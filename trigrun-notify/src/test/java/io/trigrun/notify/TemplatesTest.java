package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@OnMemoryAndH2
@DisplayName("N21: messages in the host's words")
class TemplatesTest {

  private static final MessageTemplate STATUS =
      MessageTemplate.builder()
          .payload(
              "{\"status\":\"{{execution.status}}\",\"code\":\"{{execution.status_code}}\","
                  + "\"line\":\"{{title}}\"}")
          .build();

  private final Scenario scenario;
  private final Notifications notifications;

  TemplatesTest(TestStore store) {
    notifications = Notifications.builder().provider(new Chat()).event("run_failed").build();
    scenario = new Scenario(store.open(), notifications, builder -> builder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static MessageTemplate title(String words) {
    return MessageTemplate.builder().title(words).build();
  }

  private ChannelSpec webhook(String name) {
    return Channels.webhook(name, scenario.receiver.url("/" + name));
  }

  /** A channel for people, with title and text only. */
  private ChannelSpec chat(String name) {
    return ChannelSpec.of(
        name, "chat", Settings.empty().with("url", scenario.receiver.url("/" + name)));
  }

  @Test
  void a_webhook_posts_what_its_channel_says() {
    Channel ops = notifications.channels().create(webhook("ops").withTemplate(STATUS));
    notifications.rules().add(scenario.job.id(), ops.id(), ON_FAILURE);

    scenario.failing(3).run();

    assertThat(scenario.receiver.bodies())
        .containsExactly("{\"status\":\"failed\",\"code\":null,\"line\":\"Nightly sync failed\"}");
    assertThat(scenario.receiver.received.get(0).header("Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  void the_words_of_a_rule_come_before_those_of_the_channel() {
    Channel chat =
        notifications
            .channels()
            .create(
                chat("chat")
                    .withTemplate(
                        MessageTemplate.builder()
                            .title("channel: {{title}}")
                            .text("{{execution.error_class}}")
                            .build()));
    Rules rules = notifications.rules();
    rules.add(RuleScope.job(scenario.job.id()), chat.id(), ON_FAILURE, title("rule: {{job.name}}"));
    rules.add(RuleScope.workspace(), chat.id(), ON_SUCCESS);

    scenario.failing(3).run();
    scenario.run();

    assertThat(scenario.receiver.bodies())
        .containsExactly("rule: Nightly sync|HTTP_5XX", "channel: Nightly sync succeeded|");
  }

  @Test
  void of_several_rules_the_closest_that_has_words_counts() {
    Channel chat = notifications.channels().create(chat("chat"));
    Rules rules = notifications.rules();
    var labelled =
        scenario
            .trigrun
            .jobs()
            .create(JobSpec.named("Backup").handler("sync").labels("db").build());
    rules.add(RuleScope.label("db"), chat.id(), ON_SUCCESS, title("label"));
    rules.add(RuleScope.workspace(), chat.id(), ON_SUCCESS, title("workspace"));
    rules.add(labelled.id(), chat.id(), ON_SUCCESS);
    rules.add(RuleScope.job(labelled.id()), chat.id(), ON_COMPLETION, title("another event"));

    scenario.trigrun.jobs().runNow(labelled.id());
    scenario.driver.advance(Duration.ofSeconds(1));
    scenario.run();

    assertThat(scenario.receiver.bodies()).containsExactly("label|", "workspace|");
  }

  @Test
  void a_rule_may_have_a_payload_for_a_webhook_only() {
    Channel ops = notifications.channels().create(webhook("ops"));
    Channel chat = notifications.channels().create(chat("chat"));
    Rules rules = notifications.rules();
    RuleScope job = RuleScope.job(scenario.job.id());
    rules.add(job, ops.id(), ON_SUCCESS, STATUS);

    scenario.run();

    assertThat(scenario.receiver.bodies())
        .containsExactly(
            "{\"status\":\"succeeded\",\"code\":null,\"line\":\"Nightly sync succeeded\"}");
    assertThatThrownBy(() -> rules.add(job, chat.id(), ON_SUCCESS, STATUS))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "template.payload: expected none but for a webhook: other receivers take their own form"
                + " only, got one for a channel of type chat");
    assertThatThrownBy(() -> notifications.channels().create(chat("c").withTemplate(STATUS)))
        .hasMessageStartingWith("template.payload: expected none");
    assertThatThrownBy(
            () -> notifications.channels().update(chat.id(), chat("chat").withTemplate(STATUS)))
        .hasMessageStartingWith("template.payload: expected none");
    assertThat(rules.list(scenario.job.id())).hasSize(1);
  }

  @Test
  void an_event_of_the_host_s_own_is_told_with_its_payload() {
    Channel ops =
        notifications
            .channels()
            .create(
                webhook("ops")
                    .withTemplate(
                        MessageTemplate.builder()
                            .payload(
                                "{\"suite\":\"{{payload.run.suite_name}}\","
                                    + "\"run\":\"{{payload.run}}\",\"was\":\"{{event}}\"}")
                            .build()));
    notifications.rules().add(RuleScope.workspace(), ops.id(), NotificationEvent.own("run_failed"));

    notifications.publish(
        HostEvent.of("run_failed", "Checkout failed")
            .payload(new Json("{\"run\":{\"suite_name\":\"\\\"Checkout\\\"\",\"steps\":9}}")));
    scenario.driver.advance(Duration.ofSeconds(1));

    assertThat(scenario.receiver.bodies())
        .containsExactly(
            "{\"suite\":\"\\\"Checkout\\\"\","
                + "\"run\":{\"suite_name\":\"\\\"Checkout\\\"\",\"steps\":9},\"was\":\"run_failed\"}");
  }

  @Test
  void a_test_message_speaks_as_the_real_ones_do() throws InterruptedException {
    Channel ops = notifications.channels().create(webhook("ops").withTemplate(STATUS));

    assertThat(notifications.channels().test(ops.id())).isInstanceOf(TestResult.Ok.class);

    assertThat(scenario.receiver.bodies())
        .containsExactly(
            "{\"status\":\"succeeded\",\"code\":200,\"line\":\"Test notification succeeded\"}");
  }

  @Test
  void a_message_keeps_the_words_it_was_planned_with() {
    Channel chat = notifications.channels().create(chat("chat").withTemplate(title("before")));
    notifications.rules().add(scenario.job.id(), chat.id(), ON_SUCCESS);
    scenario.receiver.answers(1, 500);
    scenario.run();
    notifications.channels().update(chat.id(), chat("chat").withTemplate(title("after")));

    scenario.driver.advance(Duration.ofMinutes(1));

    assertThat(scenario.receiver.bodies()).containsExactly("before|", "before|");
  }

  @Test
  void a_channel_keeps_its_words_until_it_is_saved_with_others() {
    Channels channels = notifications.channels();
    Channel ops = channels.save(webhook("ops").withTemplate(STATUS));
    assertThat(ops.template()).contains(STATUS);
    assertThat(channels.find(ops.id())).contains(ops);
    assertThat(channels.save(webhook("ops").withTemplate(STATUS))).isEqualTo(ops);

    Channel other = channels.save(webhook("ops").withTemplate(title("x")));
    assertThat(other.template()).contains(title("x"));
    assertThat(other.version()).isEqualTo(2);
    assertThat(channels.save(webhook("ops")).template()).isEmpty();
    assertThat(channels.save(webhook("ops").withTemplate(MessageTemplate.none())).version())
        .isEqualTo(3);
  }

  @Test
  void a_rule_keeps_its_words_until_it_is_added_with_others() {
    Channel ops = notifications.channels().create(webhook("ops"));
    Rules rules = notifications.rules();
    RuleScope job = RuleScope.job(scenario.job.id());

    Rule plain = rules.add(job, ops.id(), ON_SUCCESS);
    Rule worded = rules.add(job, ops.id(), ON_SUCCESS, title("x"));
    assertThat(plain.options().template()).isEmpty();
    assertThat(worded.options().template()).contains(title("x"));
    assertThat(worded.id()).isEqualTo(plain.id());
    assertThat(rules.add(job, ops.id(), ON_SUCCESS)).isEqualTo(worded);
    assertThat(rules.add(job, ops.id(), ON_SUCCESS, title("x"))).isEqualTo(worded);
    assertThat(rules.list(job)).containsExactly(worded);

    Rule bare = rules.add(job, ops.id(), ON_SUCCESS, MessageTemplate.none());
    assertThat(bare.id()).isEqualTo(plain.id());
    assertThat(bare.options()).isEqualTo(plain.options());
    assertThat(bare.version()).as("with each change of its words").isEqualTo(3);
    assertThat(rules.list(job)).containsExactly(bare);
  }

  @Test
  void a_summary_is_sent_once_in_the_latest_words_of_its_rule() {
    Channel chat =
        notifications.channels().create(chat("chat").withTemplate(title("{{job.name}}?")));
    Rules rules = notifications.rules();
    RuleOptions hourly = RuleOptions.none().withDigest(Digest.cron("0 * * * *", "UTC"));
    RuleScope job = RuleScope.job(scenario.job.id());
    rules.add(job, chat.id(), ON_SUCCESS, hourly);
    scenario.run();
    scenario.driver.advance(Duration.ofHours(1));
    rules.add(job, chat.id(), ON_SUCCESS, hourly.withTemplate(title("{{digest.count}} sums")));
    scenario.run();
    scenario.driver.advance(Duration.ofHours(1));

    assertThat(scenario.receiver.bodies())
        .extracting(body -> body.substring(0, body.indexOf('|')))
        .containsExactly("1 event since the last summary", "1 sums");
    assertThat(scenario.receiver.bodies().get(1)).endsWith("Nightly sync succeeded");
    assertThat(
            scenario
                .trigrun
                .executions()
                .list(
                    ExecutionQuery.all("default")
                        .handler(DigestHandler.NAME)
                        .states(ExecutionState.PENDING))
                .items())
        .hasSize(1);
  }

  @Test
  void what_could_not_be_rendered_when_it_was_planned_keeps_the_words_of_its_rule() {
    DeliveryPayload payload =
        new DeliveryPayload(
            new UUID(0, 1),
            "unknown",
            "execution.failed",
            DeliverySubject.none(),
            false,
            Optional.empty(),
            DeliveryContent.of(TestMessages.failed(), Optional.of(STATUS)));

    assertThat(DeliveryPayload.read(payload.write())).isEqualTo(payload);
  }

  @Test
  void words_that_only_a_newer_node_understands_are_no_reason_not_to_tell() {
    ObjectNode document = JsonText.object();
    TemplateJson.put(document, STATUS);
    assertThat(TemplateJson.of(document)).contains(STATUS);
    assertThat(TemplateJson.of(JsonText.read("{\"template\":{\"title\":\"{{moon.phase}}\"}}")))
        .isEmpty();
    assertThat(TemplateJson.of(JsonText.read("{\"template\":7}"))).isEmpty();
  }

  /** Shows title and text. */
  private record Chat() implements HttpChannelProvider<URI> {
    @Override
    public ProviderSpec spec() {
      return new ProviderSpec("chat", List.of(ProviderSpec.Field.required("url")));
    }

    @Override
    public URI config(Settings settings) {
      return URI.create(settings.text("url").orElseThrow());
    }

    @Override
    public Rendering render(URI config, Message message) {
      return new Rendering(
          "text/plain", message.notice().title() + "|" + message.notice().text().orElse(""));
    }

    @Override
    public OutboundRequest request(URI config, Rendering rendering, DeliveryStamp stamp) {
      return new OutboundRequest(config, Map.of(), rendering.bytes());
    }
  }
}
