package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_DOWN;
import static io.trigrun.notify.NotificationEvent.ON_ERROR;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_RECOVERY;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.PingSource;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("N20: what flaps is told once, and again when it is steady")
class FlappingTest {

  private static final Flapping THREE_IN_AN_HOUR = Flapping.of(3, Duration.ofHours(1));
  private static final RuleOptions CALM = RuleOptions.none().withFlapping(THREE_IN_AN_HOUR);

  private final TestStore.Opened opened;
  private final Scenario scenario;

  FlappingTest(TestStore store) {
    opened = store.open();
    scenario = new Scenario(opened, Notifications.create(), builder -> builder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void a_job_that_fails_and_recovers_over_and_over() {
    rule("ops", ON_COMPLETION, CALM);
    fails();
    succeeds();
    Execution third = fails();
    succeeds();
    fails();
    fails();
    scenario.driver.advance(Duration.ofMinutes(59));
    assertThat(events())
        .containsExactly("execution.completed", "execution.completed", "flapping.started");
    Delivery notice = scenario.delivery(third);
    assertThat(notice.event()).isEqualTo("flapping.started");

    scenario.driver.advance(Duration.ofMinutes(2));
    assertThat(scenario.receiver.bodies().get(2))
        .isEqualTo(
            """
            {"event":"flapping.started","job":{"id":"%s","name":"Nightly sync"},\
            "status":"failed","changes":3,"since":"2026-03-16T10:00:02.000Z",\
            "timestamp":"2026-03-16T10:00:08.000Z"}"""
                .formatted(scenario.job.id()));
    assertThat(scenario.receiver.bodies().get(3))
        .isEqualTo(
            """
            {"event":"flapping.stopped","job":{"id":"%s","name":"Nightly sync"},\
            "status":"failed","changes":5,"since":"2026-03-16T10:00:02.000Z",\
            "timestamp":"2026-03-16T11:00:14.000Z"}"""
                .formatted(scenario.job.id()));

    succeeds();
    assertThat(events()).hasSize(5).endsWith("flapping.stopped", "execution.completed");
    scenario.driver.advance(Duration.ofDays(1));
    assertThat(events()).hasSize(5);
  }

  @Test
  void a_monitor_that_goes_down_and_comes_back() {
    MonitorWithToken watched =
        scenario.trigrun.monitors().create(MonitorSpec.of("API Health", Duration.ofMinutes(1)));
    Channel ops = scenario.channel("ops");
    RuleScope scope = RuleScope.monitor(watched.monitor().id());
    rules().add(scope, ops.id(), ON_DOWN, CALM);
    rules().add(scope, ops.id(), ON_RECOVERY);
    for (int i = 0; i < 5; i++) {
      scenario.trigrun.monitors().ping(watched.token(), PingSource.unknown());
      scenario.driver.advance(Duration.ofMinutes(5));
    }
    assertThat(events()).containsExactly("monitor.down", "monitor.recovery", "flapping.started");

    scenario.driver.advance(Duration.ofHours(2));
    assertThat(events()).hasSize(4).endsWith("flapping.stopped");
    assertThat(scenario.receiver.bodies().get(3))
        .contains("\"monitor\":{\"id\":", "\"status\":\"down\",\"changes\":9");
    Delivery stopped = scenario.notifications.deliveries().list(DeliveryQuery.all()).items().get(0);
    assertThat(stopped.subject()).isEqualTo(DeliverySubject.monitor(watched.monitor().id()));
  }

  @Test
  void successes_count_where_only_failures_are_told_and_cost_nothing_while_all_is_well() {
    rule("ops", ON_FAILURE, CALM);
    succeeds();
    succeeds();
    assertThat(histories()).isZero();

    fails();
    succeeds();
    fails();
    assertThat(events()).containsExactly("execution.failed", "flapping.started");
    succeeds();
    scenario.driver.advance(Duration.ofHours(2));
    assertThat(events()).hasSize(3).endsWith("flapping.stopped");
    assertThat(scenario.receiver.bodies().get(2)).contains("\"status\":\"succeeded\"");
  }

  @Test
  void other_channels_other_jobs_and_failed_attempts_are_told_as_ever() {
    rule("ops", ON_COMPLETION, CALM);
    Channel all = scenario.channel("all", ON_COMPLETION, ON_ERROR);
    for (int i = 0; i < 4; i++) {
      fails();
      succeeds();
    }
    assertThat(told("/ops")).hasSize(3);
    assertThat(told("/all")).hasSize(8 + 12);
    assertThat(rules().list(scenario.job.id())).extracting(Rule::channelId).contains(all.id());
  }

  @Test
  void a_node_that_comes_later_goes_on_where_the_other_was() {
    rule("ops", ON_COMPLETION, CALM);
    fails();
    succeeds();
    fails();
    Notifications later = Notifications.create();
    try (TrigRun other =
        TrigRun.builder()
            .store(opened.store())
            .node("other")
            .clock(scenario.clock)
            .httpTransport(scenario.transport)
            .secrets(TestSecrets.CIPHER)
            .extension(later)
            .handler("sync", Json.class, (payload, context) -> {})
            .build()) {
      TrigRunDriver driver = new TrigRunDriver(other, scenario.clock);
      other.jobs().runNow(scenario.job.id());
      driver.advance(Duration.ofMinutes(30));
      assertThat(events()).hasSize(3);
      driver.advance(Duration.ofMinutes(31));
    }
    assertThat(events()).hasSize(4).endsWith("flapping.stopped");
    scenario.driver.advance(Duration.ofDays(1));
    assertThat(events()).hasSize(4);
  }

  @Test
  void who_looks_late_tells_that_it_is_steady_before_what_is_new() {
    rule("ops", ON_COMPLETION, CALM);
    fails();
    succeeds();
    fails();
    scenario.clock.advance(Duration.ofHours(5)); // nobody was up
    Execution run = succeeds();
    scenario.driver.advance(Duration.ofHours(5));

    assertThat(events()).hasSize(5);
    assertThat(events().subList(3, 5))
        .containsExactlyInAnyOrder("flapping.stopped", "execution.completed");
    assertThat(scenario.delivery(run).event()).isEqualTo("execution.completed");
  }

  @Test
  void a_rule_keeps_it_until_it_is_turned_off() {
    Channel ops = rule("ops", ON_COMPLETION, CALM);
    RuleScope scope = RuleScope.job(scenario.job.id());
    assertThat(rules().add(scope, ops.id(), ON_COMPLETION).options()).isEqualTo(CALM);
    fails();
    succeeds();
    fails();
    RuleOptions off = RuleOptions.none().withFlapping(Flapping.off());
    assertThat(rules().add(scope, ops.id(), ON_COMPLETION, off).options())
        .isEqualTo(RuleOptions.none());
    succeeds();

    assertThat(events()).hasSize(4).endsWith("flapping.started", "execution.completed");
    scenario.driver.advance(Duration.ofHours(2));
    assertThat(events()).hasSize(4);
    assertThat(histories()).isZero();
  }

  @Test
  void the_closest_rules_decide() {
    Channel ops = scenario.channel("ops", ON_COMPLETION);
    Channel dev = scenario.channel("dev");
    rules().add(RuleScope.workspace(), ops.id(), ON_SUCCESS, CALM);
    rules().add(RuleScope.workspace(), dev.id(), ON_COMPLETION, CALM);
    fails();
    succeeds();
    fails();
    succeeds();

    assertThat(told("/ops")).hasSize(4).allMatch(body -> body.contains("execution."));
    assertThat(told("/dev")).hasSize(3).last().asString().contains("flapping.started");
  }

  @Test
  void the_notices_have_the_words_of_the_rule() {
    MessageTemplate words = MessageTemplate.builder().title("[prod] {{title}}").build();
    Channel chat =
        scenario
            .notifications
            .channels()
            .create(
                Channels.webhook("chat", scenario.receiver.url("/chat"))
                    .withTemplate(
                        MessageTemplate.builder().payload("{\"say\":\"{{title}}\"}").build()));
    rules().add(RuleScope.job(scenario.job.id()), chat.id(), ON_FAILURE, CALM.withTemplate(words));
    fails();
    succeeds();
    fails();
    scenario.driver.advance(Duration.ofHours(2));

    assertThat(scenario.receiver.bodies())
        .containsExactly(
            "{\"say\":\"[prod] Nightly sync failed\"}",
            "{\"say\":\"[prod] Nightly sync is flapping\"}",
            "{\"say\":\"[prod] Nightly sync is steady again: failed\"}");
  }

  @Test
  void a_job_that_is_deleted_takes_it_along() {
    rule("ops", ON_COMPLETION, CALM);
    fails();
    succeeds();
    fails();
    assertThat(histories()).isOne();
    scenario.trigrun.jobs().delete(scenario.job.id());

    scenario.driver.advance(Duration.ofHours(2));
    assertThat(histories()).isZero();
    assertThat(events()).hasSize(3);
  }

  @Test
  void where_it_makes_no_sense_it_is_refused() {
    Channel ops = scenario.channel("ops");
    RuleScope job = RuleScope.job(scenario.job.id());
    assertThatThrownBy(() -> rules().add(job, ops.id(), ON_ERROR, CALM))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "flapping: expected a rule for ups and downs: on_success, on_failure,"
                + " on_retries_exhausted, on_completion, on_down or on_recovery, got on_error");
    assertThatThrownBy(
            () ->
                rules()
                    .add(
                        job,
                        ops.id(),
                        ON_FAILURE,
                        CALM.withDigest(Digest.cron("0 8 * * *", "UTC"))))
        .hasMessage("flapping: expected a rule that sends at once, got one with a digest");
    assertThat(rules().list(job)).isEmpty();
  }

  private Rules rules() {
    return scenario.notifications.rules();
  }

  private Channel rule(String name, NotificationEvent event, RuleOptions options) {
    Channel channel = scenario.channel(name);
    rules().add(RuleScope.job(scenario.job.id()), channel.id(), event, options);
    return channel;
  }

  private Execution fails() {
    return scenario.failing(3).run();
  }

  private Execution succeeds() {
    return scenario.run();
  }

  private List<String> events() {
    return scenario.receiver.bodies().stream()
        .map(body -> JsonText.read(body).required("event").stringValue())
        .toList();
  }

  private List<String> told(String path) {
    return scenario.receiver.received.stream()
        .filter(received -> received.path().equals(path))
        .map(Receiver.Received::body)
        .toList();
  }

  private int histories() {
    return Definitions.all(opened.store(), DefinitionQuery.of("default", FlapDocument.KIND)).size();
  }
}
