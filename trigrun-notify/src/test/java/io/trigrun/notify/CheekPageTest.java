package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The file of cheek's page, word for word: its jobs run and its addresses get its payloads. */
@OnEveryStore
@Timeout(60)
@DisplayName("N8, S18: cheek's page")
class CheekPageTest {

  private static final String PAGE =
      """
      on_success:
        notify_webhook:
          - https://webhook.site/e33464a3-1a4f-4f1a-99d3-743364c6b10f
      jobs:
        coffee:
          command: this fails # this will create on_error event
          cron: "* * * * *"
          retries: 3 # retry up to 3 times before giving up
          on_error:
            notify_webhook: # fires after each failed attempt
              - https://webhook.site/e33464a3-1a4f-4f1a-99d3-743364c6b10f
          on_retries_exhausted:
            trigger_job: # only fires once when all retries fail
              - cleanup_job
            notify_webhook:
              - https://webhook.site/critical-alerts
        beans:
          command: echo grind # this will create on_success event
          cron: "* * * * *"
      """;
  private static final String COMMON = "/e33464a3-1a4f-4f1a-99d3-743364c6b10f";
  private static final String CRITICAL = "/critical-alerts";
  private static final List<String> KEYS =
      List.of(
          "status",
          "log",
          "name",
          "triggered_at",
          "triggered_by",
          "triggered",
          "retry_attempt",
          "retries_exhausted");

  private final Receiver receiver = new Receiver();
  private final HttpTransport local =
      HttpTransport.jdkBuilder().egress(EgressPolicy.builder().allowLoopback().build()).build();
  private final TestStore.Opened opened;
  private final ManualClock clock = ManualClock.at("2023-04-01T11:59:00Z");
  private final Notifications notifications = Notifications.create();
  private final TrigRun trigrun;
  private final TrigRunDriver driver;

  CheekPageTest(TestStore store) {
    opened = store.open();
    trigrun =
        TrigRun.builder()
            .store(opened.store())
            .clock(clock)
            .httpTransport(this::send)
            .secrets(TestSecrets.CIPHER)
            .allowCommands()
            .handler("tidy", Json.class, (payload, context) -> context.log("tidied up"))
            .extension(notifications)
            .build();
    driver = new TrigRunDriver(trigrun, clock);
  }

  @AfterEach
  void close() {
    trigrun.close();
    local.close();
    opened.close();
    receiver.close();
  }

  /** What goes to the page's server goes to the test's. */
  private CompletableFuture<HttpReply> send(HttpCall call) {
    if (!"webhook.site".equals(call.uri().getHost())) {
      return local.send(call);
    }
    HttpCall.Builder copy =
        HttpCall.builder(call.method(), URI.create(receiver.url(call.uri().getPath())))
            .timeout(call.timeout());
    call.headers().forEach(copy::header);
    call.body().ifPresent(copy::body);
    return local.send(copy.build());
  }

  private List<JsonNode> received(String path) {
    return receiver.received.stream()
        .filter(request -> request.path().equals(path))
        .map(request -> JsonText.read(request.body()))
        .toList();
  }

  private static List<JsonNode> of(List<JsonNode> payloads, String job) {
    return payloads.stream().filter(it -> it.get("name").stringValue().equals(job)).toList();
  }

  @Test
  void its_jobs_run_and_its_addresses_get_its_payloads() {
    trigrun.jobs().create(JobSpec.named("cleanup_job").handler("tidy").build());
    ScheduleFile file = ScheduleFile.parse(PAGE).named("cheek.yaml");
    assertThat(file.problems()).isEmpty();

    trigrun.scheduleFiles().apply(file);
    driver.advance(Duration.ofSeconds(75));

    assertThat(receiver.received)
        .extracting(Receiver.Received::path)
        .containsOnly(COMMON, CRITICAL);
    List<JsonNode> common = received(COMMON);
    assertThat(common)
        .allSatisfy(it -> assertThat(it.propertyNames()).containsExactlyElementsOf(KEYS));
    assertThat(of(common, "beans")).hasSize(1);
    assertThat(of(common, "beans").get(0))
        .hasToString(
            """
            {"status":0,"log":"grind\\n","name":"beans","triggered_at":"2023-04-01T12:00:00Z",\
            "triggered_by":"cron","triggered":[],"retry_attempt":0,"retries_exhausted":false}""");
    assertThat(of(common, "coffee"))
        .extracting(it -> it.get("retry_attempt").intValue())
        .containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(of(common, "coffee"))
        .allSatisfy(it -> assertThat(it.get("status").intValue()).isNotZero())
        .allSatisfy(it -> assertThat(it.get("log").stringValue()).isNotBlank());
    assertThat(received(CRITICAL))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.propertyNames()).containsExactlyElementsOf(KEYS);
              assertThat(it.get("retries_exhausted").booleanValue()).isTrue();
              assertThat(it.get("retry_attempt").intValue()).isEqualTo(3);
              assertThat(it.get("triggered")).hasToString("[\"cleanup_job\"]");
            });
    assertThat(trigrun.scheduleFiles().apply(file).isUnchanged()).isTrue();
  }

  @Test
  void a_run_that_another_job_has_started_tells_of_it() {
    trigrun
        .scheduleFiles()
        .apply(
            ScheduleFile.parse(
                """
                jobs:
                  ParentJob:
                    command: echo ready
                    cron: "* * * * *"
                    on_success:
                      trigger_job: TeapotTask
                  TeapotTask:
                    command: [sh, -c, "echo I am a teapot; exit 7"]
                    on_error:
                      notify_webhook: https://webhook.site/teapot
                      trigger_job: CoffeeMachine
                  CoffeeMachine:
                    handler: tidy
                """));
    driver.advance(Duration.ofSeconds(65));

    assertThat(received("/teapot"))
        .singleElement()
        .hasToString(
            """
            {"status":7,"log":"I am a teapot\\n","name":"TeapotTask",\
            "triggered_at":"2023-04-01T12:00:00Z","triggered_by":"job[ParentJob]",\
            "triggered":["CoffeeMachine"],"retry_attempt":0,"retries_exhausted":true,\
            "triggered_by_job_run":{"status":0,"log":"ready\\n","name":"ParentJob",\
            "triggered_at":"2023-04-01T12:00:00Z","triggered_by":"cron"}}""");
  }

  @Test
  void slack_and_discord_get_their_texts() {
    trigrun
        .scheduleFiles()
        .apply(
            ScheduleFile.parse(
                """
                on_success:
                  notify_slack_webhook: [https://webhook.site/slack]
                  notify_discord_webhook: https://webhook.site/discord
                jobs:
                  TeapotTask: {command: echo I am a teapot}
                """));
    Job job = trigrun.jobs().findByName("TeapotTask").orElseThrow();
    trigrun.jobs().runNow(job.id());
    driver.advance(Duration.ofSeconds(1));

    assertThat(received("/slack").get(0).get("text").stringValue())
        .startsWith("TeapotTask (exitcode 0):\nI am a teapot");
    assertThat(received("/discord").get(0).get("content").stringValue())
        .startsWith("TeapotTask (exitcode 0):\nI am a teapot");
  }
}
