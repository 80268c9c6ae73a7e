package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_ERROR;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.handler.Outcome;
import io.trigrun.signing.WebhookVerifier;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Transition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From the end of an attempt to the request that tells of it. */
@OnEveryStore
@DisplayName("N2, N9, N16: events, and the signed webhook that tells of them")
class EventPathTest {

  private final TestStore store;
  private final Scenario scenario;

  EventPathTest(TestStore store) {
    this.store = store;
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void a_success_is_told_to_those_who_want_to_know() {
    scenario.channel("good", ON_SUCCESS);
    scenario.channel("all", ON_COMPLETION);
    scenario.channel("bad", ON_FAILURE);
    scenario.channel("each", ON_ERROR);

    scenario.run();

    assertThat(told())
        .containsExactlyInAnyOrder("/good execution.succeeded", "/all execution.completed");
  }

  @Test
  void a_failure_is_told_once_after_the_last_attempt() {
    scenario.channel("good", ON_SUCCESS);
    scenario.channel("all", ON_COMPLETION);
    scenario.channel("bad", ON_FAILURE);
    scenario.channel("each", ON_ERROR);

    scenario.failing(3).run();

    assertThat(told())
        .containsExactlyInAnyOrder(
            "/each execution.error",
            "/each execution.error",
            "/each execution.error",
            "/bad execution.failed",
            "/all execution.completed");
  }

  @Test
  void a_run_that_fails_twice_and_then_succeeds_is_a_success_with_two_errors() {
    scenario.channel("one", ON_SUCCESS, ON_FAILURE, ON_COMPLETION, ON_ERROR);

    scenario.failing(2).run();

    assertThat(told())
        .containsExactlyInAnyOrder(
            "/one execution.error", "/one execution.error", "/one execution.succeeded");
  }

  @Test
  void overlapping_rules_of_a_channel_give_one_message() {
    scenario.channel("one", ON_FAILURE, ON_COMPLETION);

    scenario.failing(3).run();

    assertThat(told()).containsExactly("/one execution.failed");
  }

  @Test
  void the_request_is_that_of_the_guide() {
    scenario.channel("ops", ON_FAILURE);

    Execution run = scenario.failing(3).run();

    Receiver.Received request = scenario.receiver.received.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body())
        .isEqualTo(
            """
            {"event":"execution.failed","job":{"id":"%s","name":"Nightly sync"},"execution":{"id":"%s",\
            "status":"failed","status_code":null,"body_preview":null,"error_class":"HTTP_5XX"},\
            "output":null,"timestamp":"2026-03-16T10:00:02.000Z"}"""
                .formatted(scenario.job.id(), run.id()));
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("User-Agent")).isEqualTo("TrigRun");
    assertThat(request.header("X-TrigRun-Delivery-Id"))
        .isEqualTo(scenario.delivery(run).id().toString());
    assertThat(request.header("X-TrigRun-Attempt")).isEqualTo("1");
    assertThat(
            WebhookVerifier.of(Scenario.SECRET)
                .verify(request.body().getBytes(UTF_8), request.headers())
                .isValid())
        .isTrue();
  }

  @Test
  void whatever_a_job_is_called_and_says_arrives_as_it_is() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.outcomes.add(Outcome.succeeded("{\"umlaut\":\"ä\uD83D\uDE00\"}"));
    Channel ops = scenario.notifications.channels().findByName("ops").orElseThrow();
    scenario
        .notifications
        .channels()
        .update(
            ops.id(), Channels.webhook("ops", scenario.receiver.url("/ops")).includeOutput(true));

    scenario.run();

    assertThat(scenario.receiver.bodies().get(0))
        .contains("\"output\":{\"umlaut\":\"ä\uD83D\uDE00\"}");
  }

  @Test
  void a_rule_saved_before_a_run_is_honoured_and_a_removed_one_is_not() {
    scenario.run();
    assertThat(told()).isEmpty();

    Channel ops = scenario.channel("ops", ON_SUCCESS);
    scenario.run();
    assertThat(told()).hasSize(1);

    Rule rule = scenario.notifications.rules().list(scenario.job.id()).get(0);
    assertThat(rule.channelId()).isEqualTo(ops.id());
    scenario.notifications.rules().remove(rule.id());
    scenario.run();
    assertThat(told()).hasSize(1);
  }

  @Test
  void a_rule_saved_while_the_run_waits_for_its_retry_is_honoured() {
    scenario.failing(3);
    var run = scenario.trigrun.jobs().runNow(scenario.job.id());
    scenario.driver.runDue();
    scenario.channel("late", ON_FAILURE);

    scenario.driver.advance(Duration.ofSeconds(5));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_deleted_job_takes_its_rules_along_but_its_last_messages_are_sent() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 500);
    Execution run = scenario.run();
    scenario.trigrun.jobs().delete(scenario.job.id());

    scenario.driver.advance(Duration.ofMinutes(1));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.notifications.rules().list(scenario.job.id())).isEmpty();
  }

  @Test
  void the_write_that_ends_a_run_holds_its_deliveries() {
    List<Transition> applied = new ArrayList<>();
    TestStore.Opened opened = store.open();
    JobStore recording = recording(opened.store(), applied);
    try (Scenario recorded =
        new Scenario(opened, Notifications.create(), b -> b.store(recording))) {
      recorded.channel("ops", ON_FAILURE, ON_ERROR);
      Execution run = recorded.failing(3).run();

      List<Transition> ends =
          applied.stream().filter(t -> t.lease().executionId().equals(run.id())).toList();
      assertThat(ends)
          .extracting(Transition::state)
          .containsExactly(ExecutionState.PENDING, ExecutionState.PENDING, ExecutionState.FAILED);
      assertThat(ends).extracting(t -> t.followUps().enqueue().size()).containsExactly(1, 1, 2);
      assertThat(recorded.notifications.deliveries().of(run.id())).hasSize(4);
    }
  }

  /** Each request as path and event, in the order they came. */
  private List<String> told() {
    return scenario.receiver.received.stream()
        .map(
            request ->
                request.path()
                    + " "
                    + request.body().replaceAll("^\\{\"event\":\"([a-z.]+)\".*", "$1"))
        .toList();
  }

  private static JobStore recording(JobStore store, List<Transition> applied) {
    return (JobStore)
        Proxy.newProxyInstance(
            EventPathTest.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, args) -> {
              if (method.getName().equals("apply")) {
                for (Object transition : (List<?>) args[0]) {
                  applied.add((Transition) transition);
                }
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
