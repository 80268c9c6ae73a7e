package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.http.HttpTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Looks for the secret and the token in the URL wherever anything is shown or kept. */
@OnMemoryAndH2
class SecrecyTest {

  private static final String SECRET = "whsec_do_not_show_me";
  private static final String TOKEN = "t0ken-in-the-query";

  private final TestStore store;

  SecrecyTest(TestStore store) {
    this.store = store;
  }

  @Test
  void neither_secret_nor_query_is_seen_anywhere() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    List<Object> shown = new ArrayList<>();
    try (Scenario scenario =
        new Scenario(store.open(), Notifications.create(), b -> b.listener(shown::add))) {
      // receivers that say everything back
      String echo = "you sent " + SECRET + " to ?token=" + TOKEN;
      scenario
          .receiver
          .answers(1, 500, Map.of("X-Echo", SECRET), echo)
          .answers(1, 400, Map.of(), echo);
      look(scenario, shown);
    } finally {
      System.setErr(before);
    }
    HttpTransport chatty =
        call -> CompletableFuture.failedFuture(new IOException(call.uri() + " with " + SECRET));
    try (Scenario scenario =
        new Scenario(
            store.open(),
            Notifications.create(),
            b -> b.httpTransport(chatty).listener(shown::add))) {
      look(scenario, shown);
    }

    assertThat(shown).hasSizeGreaterThan(10);
    assertThat(shown)
        .allSatisfy(
            object ->
                assertThat(String.valueOf(object)).doesNotContain(SECRET).doesNotContain(TOKEN));
    assertThat(log.toString(UTF_8)).doesNotContain(SECRET).doesNotContain(TOKEN);
  }

  private static void look(Scenario scenario, List<Object> shown) {
    var spec =
        Channels.webhook("ops", scenario.receiver.url("/ops?token=" + TOKEN)).signingSecret(SECRET);
    Channel channel = scenario.notifications.channels().create(spec);
    Rule rule =
        scenario
            .notifications
            .rules()
            .add(scenario.job.id(), channel.id(), NotificationEvent.ON_SUCCESS);
    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofHours(12));
    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);

    shown.addAll(List.of(spec, channel, rule, run, delivery));
    shown.addAll(scenario.notifications.channels().list());
    shown.addAll(scenario.notifications.deliveries().attempts(delivery.id()));
    scenario.trigrun.executions().list(ExecutionQuery.all("default")).items().forEach(shown::add);
  }
}
