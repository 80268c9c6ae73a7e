package io.trigrun.notify;

import static io.trigrun.schedulefile.SchedulePlan.Action.CREATED;
import static io.trigrun.schedulefile.SchedulePlan.Action.REMOVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Json;
import io.trigrun.LimitExceededException;
import io.trigrun.TrigRun;
import io.trigrun.WorkspaceLimits;
import io.trigrun.notify.provider.Settings;
import io.trigrun.schedulefile.FileProblem;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.ScheduleFileException;
import io.trigrun.schedulefile.SchedulePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnEveryStore
@Timeout(60)
@DisplayName("S18: channels and rules in a schedule file")
class FilePartTest {

  private static final String CREW =
      """
      on_error:
        notify_webhook: http://127.0.0.1:9/all?token=hidden
      jobs:
        coffee:
          handler: sync
          labels: [kitchen]
          on_error:
            notify_webhook: [http://127.0.0.1:9/coffee, http://127.0.0.1:9/all?token=hidden]
        beans: {handler: sync}
      monitors:
        stove: {every: 1h, labels: kitchen}
      channels:
        ops:
          type: webhook
          config:
            url: http://127.0.0.1:9/ops
            signing_secret: secret://ops-key
            include_output: true
      rules:
        - {channel: ops, event: [on_failure, on_success], job: coffee}
        - {channel: ops, event: [on_down, on_recovery], monitor: stove}
        - {channel: ops, event: on_failure, label: kitchen}
        - {channel: by hand, event: on_completion, workspace: true}
      """;

  private final Scenario scenario;
  private final TrigRun trigrun;
  private final Notifications notifications;
  private final Channel byHand;

  FilePartTest(TestStore store) {
    scenario = new Scenario(store);
    trigrun = scenario.trigrun;
    notifications = scenario.notifications;
    byHand =
        notifications.channels().create(Channels.webhook("by hand", scenario.receiver.url("/")));
    trigrun.secrets().save("ops-key", "a key for the signatures of ops");
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static ScheduleFile file(String text) {
    return ScheduleFile.parse(text).named("crew.yaml");
  }

  private SchedulePlan apply(String text) {
    return trigrun.scheduleFiles().apply(file(text));
  }

  private Channel ops() {
    return notifications.channels().findByName("ops").orElseThrow();
  }

  private UUID job(String name) {
    return trigrun.jobs().findByName(name).orElseThrow().id();
  }

  private static String masked(Object plan) {
    return plan.toString().replaceAll("[0-9a-f]{12}", "...");
  }

  @Test
  void they_are_created_with_the_jobs_and_a_second_time_nothing_is_written() {
    SchedulePlan planned = trigrun.scheduleFiles().plan(file(CREW));
    assertThat(notifications.channels().list()).containsExactly(byHand);

    SchedulePlan plan = apply(CREW);

    assertThat(plan.changes()).isEqualTo(planned.changes());
    assertThat(masked(plan))
        .isEqualTo(
            """
            crew.yaml: 15 created, 0 changed, 0 unchanged, 0 removed
            + job coffee
            + job beans
            + monitor stove
            + channel ops
            + channel webhook 127.0.0.1 ... (crew.yaml)
            + channel webhook 127.0.0.1 ... (crew.yaml)
            + rule on_error of job coffee to webhook 127.0.0.1 ... (crew.yaml)
            + rule on_error of job coffee to webhook 127.0.0.1 ... (crew.yaml)
            + rule on_error of job beans to webhook 127.0.0.1 ... (crew.yaml)
            + rule on_failure of job coffee to ops
            + rule on_success of job coffee to ops
            + rule on_down of monitor stove to ops
            + rule on_recovery of monitor stove to ops
            + rule on_failure of label kitchen to ops
            + rule on_completion of workspace to by hand""");
    assertThat(ops().config())
        .isEqualTo(
            Settings.empty().with("url", "http://127.0.0.1:9/ops").with("include_output", true));
    assertThat(ops().secretHints()).isEqualTo(Map.of("signing_secret", "secret://ops-key"));
    assertThat(notifications.rules().list(job("coffee"))).hasSize(4);
    assertThat(trigrun.jobs().findByName("coffee").orElseThrow().spec().labels().names())
        .containsExactly("kitchen");
    long revision = scenario.store().revision();
    assertThat(apply(CREW).isUnchanged()).isTrue();
    assertThat(scenario.store().revision()).isEqualTo(revision);
  }

  @Test
  void what_is_changed_is_told_without_what_may_be_secret_and_what_is_left_out_is_gone() {
    apply(CREW);
    Channel before = ops();

    SchedulePlan plan =
        apply(
            CREW.replace("9/ops", "9/other")
                .replace("      signing_secret: secret://ops-key\n", "")
                .replace("include_output: true", "include_output: false"));

    assertThat(plan.changes().stream().filter(it -> !it.fields().isEmpty()))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.fields())
                    .extracting(Object::toString)
                    .containsExactly(
                        "Field[name=config.include_output, before=true, after=false]",
                        "Field[name=config.signing_secret, before=secret://ops-key, after=none]",
                        "Field[name=config.url, before=(not shown), after=(not shown)]"));
    assertThat(ops().id()).isEqualTo(before.id());
    assertThat(ops().secretHints()).isEmpty();
    assertThat(notifications.rules().list(job("coffee"))).hasSize(4);
  }

  @Test
  void a_rule_says_what_is_flapping_and_says_it_no_more() {
    String calm =
        CREW.replace(
            "[on_down, on_recovery], monitor: stove}",
            "[on_down, on_recovery], monitor: stove, flapping: {changes: 4, within: 1h}}");
    apply(CREW);
    SchedulePlan plan = apply(calm);

    assertThat(plan.toString())
        .contains(
            """
            ~ rule on_down of monitor stove to ops
                flapping: none -> {"changes":4,"within":"PT1H","steady_for":"PT1H"}""");
    RuleScope stove = RuleScope.monitor(trigrun.monitors().findByName("stove").orElseThrow().id());
    assertThat(notifications.rules().list(stove))
        .hasSize(2)
        .allMatch(
            rule ->
                rule.options().flapping().equals(Optional.of(Flapping.of(4, Duration.ofHours(1)))));
    assertThat(apply(calm).isUnchanged()).isTrue();

    apply(CREW);
    assertThat(notifications.rules().list(stove))
        .hasSize(2)
        .allMatch(rule -> rule.options().equals(RuleOptions.none()));
  }

  @Test
  void flapping_that_makes_no_sense_is_told_with_its_place() {
    String all =
        String.join(
            "\n",
            problems(
                """
                jobs: {coffee: {handler: sync}}
                rules:
                  - channel: by hand
                    event: on_error
                    job: coffee
                    flapping: {changes: 2, within: 1s, steady: 1h}
                  - {channel: by hand, event: on_failure, job: coffee, flapping: {changes: 4}}
                  - {channel: by hand, event: on_error, job: coffee, flapping: {changes: 4, within: 1h}}
                """));
    assertThat(all)
        .contains("rules[0].flapping.changes: expected 3 to 100, got 2")
        .contains("rules[0].flapping.within: expected 1 minute to 30 days, got PT1S")
        .contains("rules[0].flapping.steady: expected one of [changes, steady_for, within]")
        .contains("rules[1].flapping.within: expected a time such as 1h, got none")
        .contains("rules[2].flapping: expected a rule for ups and downs");
  }

  @Test
  void what_the_file_has_no_more_goes_and_what_was_made_by_hand_stays() {
    apply(CREW);
    Rule own =
        notifications.rules().add(scenario.job.id(), byHand.id(), NotificationEvent.ON_FAILURE);

    assertThat(apply("jobs: {beans: {handler: sync}}").count(REMOVED)).isEqualTo(14);

    assertThat(notifications.channels().list()).containsExactly(byHand);
    assertThat(notifications.rules().list(scenario.job.id())).containsExactly(own);
    assertThat(notifications.rules().list(RuleScope.workspace())).isEmpty();
    assertThat(notifications.rules().list(job("beans"))).isEmpty();
    assertThat(apply(CREW).count(CREATED)).isEqualTo(14);
    assertThat(apply("").count(REMOVED)).isEqualTo(15);
  }

  @Test
  void a_channel_that_a_rule_of_somebody_else_needs_is_not_removed() {
    apply(CREW);
    notifications.rules().add(scenario.job.id(), ops().id(), NotificationEvent.ON_FAILURE);

    assertThatThrownBy(() -> apply(""))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("rule on_failure of job Nightly sync to ops");
    assertThat(trigrun.jobs().findByName("coffee")).isPresent();
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_place() {
    Channel mine =
        notifications.channels().create(Channels.webhook("mine", scenario.receiver.url("/")));
    notifications.rules().add(scenario.job.id(), mine.id(), NotificationEvent.ON_FAILURE);
    assertThat(
            problems(
                    """
                on_success:
                  notify_webhook: [http://169.254.169.254/x, {a: b}]
                  notify_slack_webhook: https://example.com/not-slack
                  notify_discord_webhok: []
                jobs:
                  a: {handler: sync, labels: ["not a label"]}
                  b: {handler: sync, retries: -1}
                channels:
                  by hand: {type: webhook, config: {url: "http://127.0.0.1:9/"}}
                  one: {type: webhok, config: {}}
                  two: {config: {}}
                  three: {type: webhook, config: {url: "secret://ops-key", header_name: {x: y}}, kind: z}
                  four: {type: webhook, config: {url: "secret://ops-key"}}
                  five:
                    type: webhook
                    config:
                      url: http://10.0.0.1/hook
                      signing_secret: secret://missing
                rules:
                  - {channel: one, event: on_failure, job: b}
                  - {channel: nowhere, event: on_failur, job: missing}
                  - {channel: mine, event: [on_down, unheard.of], job: a, monitor: b}
                  - {channel: mine, event: on_down, job: Nightly sync}
                  - {channel: mine, event: on_failure, job: Nightly sync}
                  - {chanel: mine}
                  - {channel: mine, event: [on_error, on_error], workspace: true}
                  - {channel: mine, event: unheard.of, workspace: true}
                """)
                .stream()
                .map(message -> message.replaceAll(": expected.*", "")))
        .containsExactly(
            "line 2, column 20: on_success.notify_webhook",
            "line 2, column 46: on_success.notify_webhook",
            "line 3, column 25: on_success.notify_slack_webhook",
            "line 4, column 3: on_success.notify_discord_webhok",
            "line 6, column 30: jobs.a.labels",
            "line 7, column 31: jobs.b.retries",
            "line 9, column 3: channels.by hand",
            "line 10, column 15: channels.one.type",
            "line 11, column 3: channels.two.type",
            "line 12, column 73: channels.three.config.header_name",
            "line 12, column 82: channels.three.kind",
            "line 13, column 39: channels.four.config.url",
            "line 18, column 23: channels.five.config.signing_secret",
            "line 21, column 15: rules[1].channel",
            "line 21, column 31: rules[1].event",
            "line 21, column 47: rules[1].job",
            "line 22, column 68: rules[2]",
            "line 23, column 28: rules[3].event",
            "line 24, column 28: rules[4]",
            "line 25, column 5: rules[5].channel",
            "line 25, column 5: rules[5].event",
            "line 25, column 5: rules[5]",
            "line 25, column 6: rules[5].chanel",
            "line 26, column 39: rules[6]",
            "line 27, column 28: rules[7].event");
    assertThat(notifications.channels().list()).containsExactly(mine, byHand);
  }

  private List<String> problems(String text) {
    try {
      throw new AssertionError(
          "expected problems, got " + trigrun.scheduleFiles().plan(file(text)));
    } catch (ScheduleFileException e) {
      return e.problems().stream().map(FileProblem::message).toList();
    }
  }

  @Test
  void a_rule_about_approvals_is_for_jobs_labels_and_workspaces() {
    String rules =
        """
        jobs:
          refunds: {handler: sync}
        monitors:
          stove: {every: 1h}
        rules:
          - {channel: by hand, event: on_approval_required, job: refunds}
          - {channel: by hand, event: on_approval_required, label: money}
          - {channel: by hand, event: on_approval_required, workspace: true}
        """;
    apply(rules);
    assertThat(notifications.rules().list(job("refunds")))
        .extracting(Rule::event)
        .containsExactly(NotificationEvent.ON_APPROVAL_REQUIRED);
    assertThatThrownBy(
            () ->
                apply(
                    rules + "  - {channel: by hand, event: on_approval_required, monitor: stove}"))
        .isInstanceOf(ScheduleFileException.class)
        .hasMessageContaining("rules[3].event");
  }

  @Test
  void no_secret_of_an_address_is_told() {
    apply(
        "jobs: {a: {handler: sync, on_error: {notify_webhook: 'http://127.0.0.1:9/s3cret?k=s3cret'}}}");
    assertThat(notifications.channels().list().toString()).contains("webhook 127.0.0.1");
    assertThat(notifications.channels().list())
        .extracting(Channel::name)
        .noneMatch(name -> name.contains("s3cret"));
    assertThat(
            problems(
                "jobs: {a: {handler: sync, on_error: {notify_webhook: 'http://10.0.0.1/s3cret'}}}"))
        .singleElement()
        .satisfies(message -> assertThat(message).doesNotContain("s3cret"));
  }

  @Test
  void a_channel_keeps_its_type() {
    apply("channels: {one: {type: webhook, config: {url: 'http://127.0.0.1:9/'}}}");
    assertThat(
            problems(
                "channels: {one: {type: slack, config: {webhook_url: 'http://127.0.0.1:9/'}}}"))
        .containsExactly(
            "line 1, column 24: channels.one.type: expected webhook as before, or another name for the"
                + " channel, got another one");
  }

  @Test
  void without_notifications_the_file_says_what_to_add() {
    try (TrigRun bare =
        TrigRun.builder().handler("sync", Json.class, (payload, context) -> {}).build()) {
      assertThatThrownBy(
              () ->
                  bare.scheduleFiles()
                      .plan(
                          file(
                              "channels: {}\njobs: {a: {handler: sync, on_error: {notify_webhook: x}}}")))
          .isInstanceOf(ScheduleFileException.class)
          .hasMessageContaining("line 1, column 1: channels: expected a TrigRun with notifications")
          .hasMessageContaining("Notifications.create()")
          .hasMessageContaining("jobs.a.on_error.notify_webhook");
    }
  }

  @Test
  void channels_need_a_cipher_for_what_is_secret_and_room() {
    Notifications other = Notifications.create();
    try (TrigRun bare =
        TrigRun.builder()
            .store(scenario.store())
            .httpTransport(scenario.transport)
            .extension(other)
            .workspaceLimits(WorkspaceLimits.standard().channels(1))
            .handler("sync", Json.class, (payload, context) -> {})
            .build()) {
      assertThatThrownBy(
              () ->
                  bare.scheduleFiles()
                      .plan(
                          file(
                              "jobs: {a: {handler: sync, on_error: {notify_slack_webhook:"
                                  + " 'http://127.0.0.1:9/'}}}")))
          .isInstanceOf(ScheduleFileException.class)
          .hasMessageContaining(
              "jobs.a.on_error.notify_slack_webhook: expected a TrigRun that can");
      assertThatThrownBy(
              () ->
                  bare.scheduleFiles()
                      .apply(
                          file(
                              "jobs: {a: {handler: sync, on_error: {notify_webhook:"
                                  + " 'http://127.0.0.1:9/'}}}")))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageContaining("channels");
    }
  }
}
