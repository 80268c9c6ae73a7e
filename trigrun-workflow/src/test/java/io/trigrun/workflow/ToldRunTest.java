package io.trigrun.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.inbound.JdkInbound;
import io.trigrun.notify.Channels;
import io.trigrun.notify.NotificationEvent;
import io.trigrun.notify.Notifications;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Workflows and notifications of one host, its channels and its review page: nothing is a double.
 */
@OnMemoryAndH2
@DisplayName("W6, W11, N9: a run tells people by their channels, and they decide by its link")
class ToldRunTest {

  private static final Pattern NONCE = Pattern.compile("name=\"nonce\" value=\"([^\"]+)\"");
  private static final Pattern APPROVE = Pattern.compile("formaction=\"([^\"]+/approve)\"");

  private static final Workflow REFUND =
      Workflow.of(
          Step.tell(
              "hear", "ops", "Order {{trigger.body.order}} came back", "By {{trigger.body.by}}."),
          Step.approval("review", "Refund order {{trigger.body.order}}?")
              .reviewField("Amount", "{{trigger.body.amount}}"),
          Step.tell(
              "done", "ops", "Order {{trigger.body.order}}: {{steps.review.output.decision}}", ""));

  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  private final WireMockServer channels = new WireMockServer(options().dynamicPort());
  private final HttpClient browser = HttpClient.newHttpClient();
  private final HttpServer host;
  private final TestStore.Opened opened;
  private final Notifications notifications = Notifications.create();
  private final Workflows workflows;
  private final TrigRun trigrun;
  private final TrigRunDriver driver;

  ToldRunTest(TestStore kind) throws IOException {
    channels.start();
    channels.stubFor(any(anyUrl()).willReturn(ok()));
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    opened = kind.open();
    workflows =
        Workflows.builder()
            .links("http://127.0.0.1:" + host.getAddress().getPort(), Stage.KEY)
            .build();
    trigrun =
        TrigRun.builder()
            .store(opened.store())
            .clock(clock)
            .egress(EgressPolicy.builder().allowLoopback().build())
            .extension(workflows) // in this order, too, each finds the other
            .extension(notifications)
            .build();
    driver = new TrigRunDriver(trigrun, clock);
    JdkInbound.mount(host, "/v1", workflows.routes());
    host.start();
  }

  @AfterEach
  void close() {
    trigrun.close();
    opened.close();
    host.stop(0);
    channels.stop();
  }

  private UUID channel(String name) {
    return notifications
        .channels()
        .create(Channels.webhook(name, channels.baseUrl() + "/" + name))
        .id();
  }

  private UUID start(Job job) {
    UUID run =
        workflows
            .runs()
            .start(job.id(), "{\"order\": 4711, \"by\": \"Ada <a@b>\", \"amount\": \"120 €\"}")
            .id();
    driver.runDue();
    return run;
  }

  private List<JsonNode> told(String channel) {
    return channels.findAll(postRequestedFor(urlEqualTo("/" + channel))).stream()
        .map(LoggedRequest::getBodyAsString)
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private String send(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  @Test
  void from_the_first_message_over_the_review_page_to_the_last() throws Exception {
    channel("ops");
    Job job = trigrun.jobs().save(JobSpec.named("Refunds").action(REFUND).build());
    notifications.rules().add(job.id(), channel("desk"), NotificationEvent.ON_APPROVAL_REQUIRED);
    UUID run = start(job);

    assertThat(told("ops")).hasSize(1);
    JsonNode heard = told("ops").get(0);
    assertThat(heard.path("event").stringValue()).isEqualTo("execution.message");
    assertThat(heard.path("message").path("title").stringValue()).isEqualTo("Order 4711 came back");
    assertThat(heard.path("message").path("text").stringValue()).isEqualTo("By Ada <a@b>.");
    assertThat(told("desk")).hasSize(1);
    JsonNode asked = told("desk").get(0);
    assertThat(asked.path("event").stringValue()).isEqualTo("approval.required");
    assertThat(asked.path("execution").path("id").stringValue()).isEqualTo(run.toString());
    JsonNode approval = asked.path("approval");
    assertThat(approval.path("text").stringValue()).isEqualTo("Refund order 4711?");
    assertThat(approval.path("fields").path("Amount").stringValue()).isEqualTo("120 €");

    URI review = URI.create(approval.path("review_url").stringValue());
    String page = send(HttpRequest.newBuilder(review));
    assertThat(page).contains("Refund order 4711?", "120 €");
    driver.runDue();
    assertThat(view(run).waitingReason()).as("looking decides nothing").contains("approval");
    String thanks =
        send(
            HttpRequest.newBuilder(review.resolve(find(APPROVE, page)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "nonce=" + find(NONCE, page) + "&comment=fine&decided_by=Ann")));
    assertThat(thanks).contains("approved");
    driver.advance(Duration.ofSeconds(1));

    assertThat(view(run).execution().state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(told("ops")).hasSize(2);
    assertThat(told("ops").get(1).path("message").path("title").stringValue())
        .isEqualTo("Order 4711: approved");
    assertThat(told("desk")).as("asked once").hasSize(1);
    assertThat(notifications.deliveries().of(run)).hasSize(3);
    assertThat(notifications.deliveries().of(run).toString())
        .as("the link lets in whoever has it")
        .doesNotContain(review.getPath());
  }

  @Test
  void a_channel_that_is_not_there_fails_the_step_and_nobody_has_to_listen_to_a_question() {
    Job job = trigrun.jobs().save(JobSpec.named("Refunds").action(REFUND).build());
    UUID deaf = start(job);
    assertThat(view(deaf).execution().failure().orElseThrow().errorClass())
        .isEqualTo("NO_SUCH_CHANNEL");
    channel("ops");
    assertThat(workflows.runs().retry(deaf)).isTrue();
    driver.runDue();

    assertThat(view(deaf).waitingReason()).contains("approval");
    assertThat(told("ops")).hasSize(1);
  }

  private WorkflowRun view(UUID run) {
    return workflows.runs().find(run).orElseThrow();
  }
}
