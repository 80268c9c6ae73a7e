package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.notify.FlapHistory.Spell;
import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.testing.TrigRunDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("N20: what flaps is told once, whoever notices it and whoever dies")
class FlappingRaceTest {

  private static final RuleOptions CALM =
      RuleOptions.none().withFlapping(Flapping.of(5, Duration.ofHours(1)));
  private static final int NODES = 10;
  private static final int ENDS_OF_EACH = 12;
  private static final int MORE_THAN_ENOUGH = 200;

  @ParameterizedTest
  @EnumSource(TestStore.class)
  void ten_nodes_that_see_ups_and_downs_at_the_same_time_agree(TestStore kind) throws Exception {
    Notifications notifications = Notifications.create();
    try (TestHost host = new TestHost(kind)) {
      var unused = notifications.join(host);
      UUID job = host.job("Nightly sync");
      Channel ops =
          notifications.channels().create(Channels.webhook("ops", "https://ops.example.com/"));
      Rule rule =
          notifications
              .rules()
              .add(RuleScope.job(job), ops.id(), NotificationEvent.ON_COMPLETION, CALM);

      List<String> told = storedByAll(host, job);

      FlapDocument history =
          Definitions.all(host.store, DefinitionQuery.of("default", FlapDocument.KIND)).stream()
              .map(FlapDocument::read)
              .findFirst()
              .orElseThrow();
      Spell spell = history.history().spell().orElseThrow();
      assertThat(history.ruleId()).isEqualTo(rule.id());
      assertThat(spell.changes()).as("none is lost").isEqualTo((int) history.version());
      assertThat(told).filteredOn("flapping.started"::equals).hasSize(1);
      assertThat(told).contains("execution.completed").doesNotContain("flapping.stopped");
    }
  }

  /** Plans and stores ends as the engine does, and gathers the events of what was enqueued. */
  private static List<String> storedByAll(TestHost host, UUID job) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    try {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int node = 0; node < NODES; node++) {
        DeliveryPlanner planner = planner(host);
        int first = node;
        all.add(
            nodes.submit(
                () -> {
                  List<String> told = new ArrayList<>();
                  for (int i = 0; i < ENDS_OF_EACH; i++) {
                    boolean up = (first + i) % 2 == 0;
                    told.addAll(stored(host, planner, end(job, up)));
                  }
                  return told;
                }));
      }
      List<String> told = new ArrayList<>();
      for (Future<List<String>> each : all) {
        told.addAll(each.get());
      }
      return told;
    } finally {
      nodes.shutdownNow();
    }
  }

  private static DeliveryPlanner planner(TestHost host) {
    Providers providers = new Providers(BuiltInProviders.all());
    return new DeliveryPlanner(
        new Fanout(
            Routing.cached(host),
            new DestinationLoader(host.store, providers, new ChannelVault(host.secrets())),
            new FlapPlanner(host.store),
            new ContentVault(host.secrets())),
        RunDetails.of(host));
  }

  private static AttemptEnd end(UUID job, boolean up) {
    return Ends.of(job, up ? ExecutionState.SUCCEEDED : ExecutionState.FAILED, up);
  }

  private static List<String> stored(TestHost host, DeliveryPlanner planner, AttemptEnd end) {
    while (true) {
      WriteSet writes = planner.plan(end);
      if (host.store.write(writes) instanceof WriteResult.Stored) {
        return writes.enqueue().stream()
            .filter(one -> one.handler().equals(DeliveryHandler.NAME))
            .map(NewExecution::payload)
            .map(payload -> DeliveryPayload.read(payload).event())
            .toList();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.class,
      names = {"MEMORY", "H2"})
  void whenever_a_node_dies_both_notices_come_once(TestStore kind) {
    boolean survived = false;
    int deaths = 0;
    for (int call = 1; !survived && call < MORE_THAN_ENOUGH; call++) {
      survived = !diesAt(kind, call, false);
      if (!survived) {
        deaths++;
        assertThat(diesAt(kind, call, true)).isTrue();
      }
    }
    assertThat(survived).as("some run is over before the node dies").isTrue();
    assertThat(deaths).isGreaterThan(5);
  }

  /** Whether the node died before all was done. */
  private static boolean diesAt(TestStore kind, int call, boolean afterItsEffect) {
    try (Scenario scenario = new Scenario(kind)) {
      Channel ops = scenario.channel("ops");
      scenario
          .notifications
          .rules()
          .add(
              RuleScope.job(scenario.job.id()),
              ops.id(),
              NotificationEvent.ON_COMPLETION,
              RuleOptions.none().withFlapping(Flapping.of(3, Duration.ofHours(1))));
      scenario.failing(3).run();
      scenario.run();
      scenario.trigrun.jobs().runNow(scenario.job.id()); // which makes it flap
      MortalStore mortal = new MortalStore(scenario.store(), call, afterItsEffect);
      runUntilDead(scenario, mortal);
      scenario.failing(3);
      scenario.driver.advance(Duration.ofHours(3));

      assertThat(events(scenario))
          .as(call + (afterItsEffect ? " after" : " before"))
          .containsExactlyInAnyOrder(
              "execution.completed", "execution.completed", "flapping.started", "flapping.stopped");
      return mortal.isDead();
    }
  }

  /** Of each delivery that arrived, however often it did. */
  private static List<String> events(Scenario scenario) {
    List<Delivery> all = scenario.notifications.deliveries().list(DeliveryQuery.all()).items();
    assertThat(all).allMatch(delivery -> delivery.status() == DeliveryStatus.SENT);
    assertThat(
            scenario.receiver.received.stream()
                .map(received -> received.header("X-TrigRun-Delivery-Id"))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            all.stream().map(delivery -> delivery.id().toString()).toList());
    return all.stream().map(Delivery::event).toList();
  }

  /** A node whose runs fail, as those of the other will. */
  private static void runUntilDead(Scenario scenario, MortalStore mortal) {
    try (TrigRun node =
        TrigRun.builder()
            .store(mortal.store())
            .node("mortal")
            .clock(scenario.clock)
            .httpTransport(scenario.transport)
            .secrets(TestSecrets.CIPHER)
            .extension(Notifications.create())
            .handler(
                "sync",
                Json.class,
                (payload, context) -> {
                  throw new IllegalStateException("status: expected 200, got 500");
                })
            .build()) {
      new TrigRunDriver(node, scenario.clock).advance(Duration.ofMinutes(70));
    } catch (StoreException e) {
      assertThat(mortal.isDead()).isTrue();
    }
  }
}
