package io.trigrun.notify;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Callbacks;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("H1, N14: deliveries over HTTP")
class DeliveryRoutesTest {

  private static final String DELIVERIES = "/notification-deliveries";

  private final Scenario scenario;
  private ManagementClient client;

  DeliveryRoutesTest(TestStore store) {
    scenario =
        new Scenario(
            store.open(), Notifications.builder().event("batch_done").build(), builder -> builder);
  }

  @BeforeEach
  void serve() {
    client = ManagementClient.of(scenario.trigrun);
  }

  @AfterEach
  void close() {
    client.close();
    scenario.close();
  }

  @Test
  void a_delivery_is_shown_with_its_attempts_and_without_secrets() {
    Channel ops = scenario.channel("ops", ON_FAILURE);
    scenario.receiver.answers(1, 500, Map.of("Content-Type", "text/plain"), Scenario.SECRET);
    Execution run = scenario.failing(3).run();

    Reply waiting = client.get("/executions/" + run.id() + "/notifications");
    String id = waiting.at("/items/0/id");
    assertThat(waiting.at("/items/0/status")).isEqualTo("pending");
    assertThat(waiting.at("/items/0/next_attempt_at")).startsWith("2026-03-16T10:00:");
    assertThat(waiting.at("/items/0/error_class")).isEqualTo("HTTP_5XX");

    scenario.driver.advance(Duration.ofMinutes(1));
    Reply sent = client.get(DELIVERIES + "/" + id);
    assertThat(sent.at("/status")).isEqualTo("sent");
    assertThat(sent.at("/kind")).isEqualTo("notification");
    assertThat(sent.at("/event")).isEqualTo("execution.failed");
    assertThat(sent.at("/channel_id")).isEqualTo(ops.id().toString());
    assertThat(sent.at("/channel_name")).isEqualTo("ops");
    assertThat(sent.at("/channel_type")).isEqualTo("webhook");
    assertThat(sent.at("/job_id")).isEqualTo(scenario.job.id().toString());
    assertThat(sent.at("/execution_id")).isEqualTo(run.id().toString());
    assertThat(sent.at("/attempt_count")).isEqualTo("2");
    assertThat(sent.at("/attempts/0/number")).isEqualTo("1");
    assertThat(sent.at("/attempts/0/status")).isEqualTo("HTTP_ERROR");
    assertThat(sent.at("/attempts/0/status_code")).isEqualTo("500");
    assertThat(sent.at("/attempts/0/error_class")).isEqualTo("HTTP_5XX");
    assertThat(sent.at("/attempts/0/body_preview")).isEqualTo("***");
    assertThat(sent.at("/attempts/1/status")).isEqualTo("SUCCESS");
    assertThat(sent.body()).doesNotContain(Scenario.SECRET);

    scenario.notifications.channels().delete(ops.id());
    assertThat(client.get(DELIVERIES + "/" + id).json().at("/channel_name").isNull()).isTrue();
  }

  @Test
  void only_what_has_failed_is_sent_again() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 404);
    scenario.run();
    String path = DELIVERIES + "/" + client.get(DELIVERIES).at("/items/0/id");
    assertThat(client.get(path).at("/status")).isEqualTo("failed");

    Reply retried = client.post(path + "/retry", "");
    assertThat(retried.status()).isEqualTo(202);
    assertThat(retried.at("/status")).isEqualTo("pending");
    assertThat(client.post(path + "/retry", "").code()).isEqualTo("conflict");
    scenario.driver.runDue();
    assertThat(client.get(path).at("/status")).isEqualTo("sent");
    assertThat(client.get(path).json().path("attempts").size()).isEqualTo(2);
    assertThat(client.post(path + "/retry", "").code()).isEqualTo("conflict");
  }

  @Test
  void they_are_listed_by_channel_page_by_page() {
    Channel ops = scenario.channel("ops", ON_SUCCESS);
    Channel dev = scenario.channel("dev", ON_SUCCESS);
    for (int i = 0; i < 5; i++) {
      scenario.run();
    }
    assertThat(client.get(DELIVERIES).json().path("items").size()).isEqualTo(10);
    for (Channel channel : List.of(ops, dev)) {
      List<String> ids = new ArrayList<>();
      String target = DELIVERIES + "?limit=2&status=sent&channel_id=" + channel.id();
      String next = target;
      int pages = 0;
      while (!next.isEmpty()) {
        Reply page = client.get(next);
        page.json()
            .path("items")
            .forEach(
                item -> {
                  assertThat(item.path("channel_id").asString()).isEqualTo(channel.id() + "");
                  ids.add(item.path("id").asString());
                });
        next = page.json().has("next_cursor") ? target + "&cursor=" + page.at("/next_cursor") : "";
        pages++;
      }
      assertThat(ids).hasSize(5).doesNotHaveDuplicates();
      assertThat(pages).isEqualTo(3);
    }
    assertThat(client.get(DELIVERIES + "?channel_id=" + UUID.randomUUID()).body())
        .isEqualTo("{\"items\":[]}");
    assertThat(client.get(DELIVERIES + "?status=failed").body()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void one_page_does_not_look_at_all_there_are_for_a_channel_that_hears_little() {
    UUID quiet = scenario.channel("quiet").id();
    Rules rules = scenario.notifications.rules();
    NotificationEvent event = NotificationEvent.own("batch_done");
    Rule first = rules.add(RuleScope.workspace(), quiet, event);
    publish();
    assertThat(rules.remove(first.id())).isTrue();
    for (int i = 0; i < 21; i++) {
      UUID busy = scenario.channel("busy-" + i).id();
      assertThat(rules.add(RuleScope.workspace(), busy, event)).isNotNull();
    }
    for (int i = 0; i < 100; i++) {
      publish();
    }

    String target = DELIVERIES + "?channel_id=" + quiet;
    Reply nothing = client.get(target);
    assertThat(nothing.json().path("items")).isEmpty();
    Reply found = client.get(target + "&cursor=" + nothing.at("/next_cursor"));
    assertThat(found.at("/items/0/channel_id")).isEqualTo(quiet.toString());
    assertThat(found.json().has("next_cursor")).isFalse();
  }

  private void publish() {
    scenario.clock.advance(Duration.ofMillis(1));
    assertThat(scenario.notifications.publish(HostEvent.of("batch_done", "Done"))).isNotNull();
  }

  @Test
  void those_of_an_execution_have_pages_too() {
    for (String name : List.of("a", "b", "c")) {
      scenario.channel(name, ON_SUCCESS);
    }
    String path = "/executions/" + scenario.run().id() + "/notifications";
    Reply first = client.get(path + "?limit=2");
    assertThat(first.json().path("items").size()).isEqualTo(2);
    Reply last = client.get(path + "?limit=2&cursor=" + first.at("/next_cursor"));
    assertThat(last.json().path("items").size()).isEqualTo(1);
    assertThat(last.json().has("next_cursor")).isFalse();
  }

  @Test
  void callbacks_are_deliveries_of_their_own_kind() {
    Job job =
        scenario
            .trigrun
            .jobs()
            .create(
                JobSpec.named("called back")
                    .handler("sync")
                    .callbacks(Callbacks.none().onSuccess(scenario.receiver.url("/done")))
                    .build());
    Execution run = scenario.trigrun.jobs().runNow(job.id());
    scenario.driver.runDue();

    Reply callbacks = client.get(DELIVERIES + "?kind=callback");
    assertThat(callbacks.at("/items/0/channel_type")).isEqualTo("callback");
    assertThat(callbacks.json().at("/items/0/channel_id").isNull()).isTrue();
    assertThat(client.get("/executions/" + run.id() + "/notifications").json())
        .isEqualTo(callbacks.json());
    assertThat(client.get(DELIVERIES).body()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void words_that_nobody_knows_are_refused() {
    for (String query :
        List.of("status=late", "channel_id=7", "kind=mail", "sttus=sent", "cursor=x", "limit=0")) {
      assertThat(client.get(DELIVERIES + "?" + query).code()).isEqualTo("validation_failed");
    }
  }

  @Test
  void readers_look_and_strangers_see_nothing() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 404);
    Execution run = scenario.run();
    String path = DELIVERIES + "/" + client.get(DELIVERIES).at("/items/0/id");
    assertThat(client.as(READER).get(path).status()).isEqualTo(200);
    assertThat(client.as(READER).post(path + "/retry", "").status()).isEqualTo(403);

    ManagementClient stranger = client.as(STRANGER);
    assertThat(stranger.get(DELIVERIES).body()).isEqualTo("{\"items\":[]}");
    for (Reply reply :
        List.of(
            stranger.get(path),
            stranger.post(path + "/retry", ""),
            stranger.get("/executions/" + run.id() + "/notifications"),
            client.get(DELIVERIES + "/" + run.id()),
            client.get("/executions/" + UUID.randomUUID() + "/notifications"))) {
      assertThat(reply.status()).isEqualTo(404);
    }
  }
}
