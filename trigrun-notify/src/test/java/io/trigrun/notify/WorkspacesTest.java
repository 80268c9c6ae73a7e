package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_ERROR;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.LimitExceededException;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.validation.ValidationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName(
    "S28: channels, rules and deliveries belong to a workspace, and nothing reaches across")
class WorkspacesTest {

  private static final String URL = "https://example.com";

  /** What an operation may be told to work on. */
  private record Things(UUID job, UUID run, UUID channel, String name, UUID rule, UUID delivery) {

    static Things ofNobody() {
      return new Things(
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          "nobody's",
          UUID.randomUUID(),
          UUID.randomUUID());
    }

    String without(String text) {
      return Stream.of(job, run, channel, rule, delivery)
          .map(UUID::toString)
          .reduce(text, (rest, id) -> rest.replace(id, "(id)"));
    }
  }

  /** The services of one workspace. */
  private record Services(
      Channels channels,
      Rules rules,
      Filters filters,
      NoiseControls noise,
      Deliveries deliveries) {}

  /** All that can name a thing. Whoever adds an operation says here what it does. */
  private static final Map<String, BiFunction<Services, Things, Object>> TABLE =
      new LinkedHashMap<>();

  static {
    TABLE.put("Channels.find(UUID)", (ours, it) -> ours.channels().find(it.channel()));
    TABLE.put("Channels.findByName(String)", (ours, it) -> ours.channels().findByName(it.name()));
    TABLE.put(
        "Channels.update(UUID,ChannelSpec)",
        (ours, it) -> ours.channels().update(it.channel(), Channels.webhook("taken", URL)));
    TABLE.put(
        "Channels.update(UUID,long,ChannelSpec)",
        (ours, it) -> ours.channels().update(it.channel(), 1, Channels.webhook("taken", URL)));
    TABLE.put(
        "Channels.rotateSigningSecret(UUID)",
        (ours, it) -> ours.channels().rotateSigningSecret(it.channel()));
    TABLE.put(
        "Channels.rotateSigningSecret(UUID,String,Duration)",
        (ours, it) ->
            ours.channels().rotateSigningSecret(it.channel(), "another one", Duration.ZERO));
    TABLE.put("Rules.list(UUID)", (ours, it) -> ours.rules().list(it.job()));
    TABLE.put(
        "Rules.add(UUID,UUID,NotificationEvent)",
        (ours, it) -> ours.rules().add(it.job(), it.channel(), ON_ERROR));
    TABLE.put("Channels.test(UUID)", (ours, it) -> test(ours.channels(), it.channel()));
    TABLE.put("Rules.list(RuleScope)", (ours, it) -> ours.rules().list(RuleScope.job(it.job())));
    TABLE.put(
        "Rules.add(RuleScope,UUID,NotificationEvent)",
        (ours, it) -> ours.rules().add(RuleScope.workspace(), it.channel(), ON_ERROR).scope());
    TABLE.put(
        "Rules.add(RuleScope,UUID,NotificationEvent,RuleOptions)",
        (ours, it) ->
            ours.rules()
                .add(RuleScope.workspace(), it.channel(), ON_SUCCESS, RuleOptions.none())
                .scope());
    TABLE.put(
        "Rules.add(RuleScope,UUID,NotificationEvent,MessageTemplate)",
        (ours, it) ->
            ours.rules()
                .add(RuleScope.workspace(), it.channel(), ON_FAILURE, MessageTemplate.none())
                .scope());
    TABLE.put("NoiseControls.get(UUID)", (ours, it) -> ours.noise().get(it.channel()));
    TABLE.put(
        "NoiseControls.set(UUID,NoiseControl)",
        (ours, it) -> ours.noise().set(it.channel(), NoiseControl.off()));
    TABLE.put("NoiseControls.health(UUID)", (ours, it) -> ours.noise().health(it.channel()));
    TABLE.put(
        "NoiseControls.enable(UUID)",
        (ours, it) -> {
          ours.noise().enable(it.channel());
          return "done";
        });
    TABLE.put(
        "Filters.override(UUID,NotificationEvent,boolean)",
        (ours, it) -> ours.filters().override(it.channel(), ON_ERROR, true).channels().size());
    TABLE.put(
        "Rules.remove(UUID,long)",
        (ours, it) -> {
          ours.rules().remove(it.rule(), 7);
          return "done";
        });
    TABLE.put("Rules.remove(UUID)", (ours, it) -> ours.rules().remove(it.rule()));
    TABLE.put("Deliveries.find(UUID)", (ours, it) -> ours.deliveries().find(it.delivery()));
    TABLE.put("Deliveries.of(UUID)", (ours, it) -> ours.deliveries().of(it.run()));
    TABLE.put("Deliveries.attempts(UUID)", (ours, it) -> ours.deliveries().attempts(it.delivery()));
    TABLE.put("Deliveries.retry(UUID)", (ours, it) -> ours.deliveries().retry(it.delivery()));
    TABLE.put(
        "Deliveries.list(DeliveryQuery)",
        (ours, it) ->
            ours.deliveries()
                .list(
                    DeliveryQuery.all()
                        .after(new Cursor(TestHost.NOW.plusSeconds(60), it.delivery())))
                .items());
    TABLE.put(
        "Channels.delete(UUID,long)",
        (ours, it) -> {
          ours.channels().delete(it.channel(), 7);
          return "done";
        });
    TABLE.put(
        "Channels.delete(UUID)",
        (ours, it) -> {
          ours.channels().delete(it.channel());
          return "done";
        });
  }

  private static Object test(Channels channels, UUID channelId) {
    try {
      return channels.test(channelId).isOk();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What takes nothing that could be another workspace's, or can't show anything of it. */
  private static final Set<String> NAMELESS =
      Set.of(
          "Channels.create(ChannelSpec)",
          "Channels.save(ChannelSpec)",
          "Channels.list()",
          "Filters.get()",
          "Filters.set(NotificationEvent,boolean)",
          "Filters.inherit(UUID,NotificationEvent)");

  private final Scenario scenario;
  private Things theirs = Things.ofNobody();

  WorkspacesTest(TestStore store) {
    scenario =
        new Scenario(
            store.open(),
            Notifications.create(),
            builder -> builder.workspaceLimits("acme", WorkspaceLimits.standard().channels(1)));
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  /** A channel, a rule and a delivery that has failed, all of the default workspace. */
  @BeforeEach
  void fill() {
    Channel channel = scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 404);
    Execution run = scenario.run();
    theirs =
        new Things(
            scenario.job.id(),
            run.id(),
            channel.id(),
            channel.name(),
            scenario.notifications.rules().list(scenario.job.id()).get(0).id(),
            scenario.delivery(run).id());
  }

  private Services in(String workspace) {
    Notifications all = scenario.notifications;
    return new Services(
        all.channels(workspace),
        all.rules(workspace),
        all.filters(workspace),
        all.noise(workspace),
        all.deliveries(workspace));
  }

  private static String outcome(
      BiFunction<Services, Things, Object> operation, Services services, Things things) {
    try {
      return things.without(String.valueOf(operation.apply(services, things)));
    } catch (RuntimeException e) {
      return things.without(e.toString());
    }
  }

  private List<Object> contents() {
    Services own = in("default");
    return List.of(
        own.channels().list(),
        own.rules().list(theirs.job()),
        own.deliveries().list(DeliveryQuery.all()).items());
  }

  @Test
  void what_another_workspace_has_is_as_unknown_as_what_nobody_has() {
    List<Object> before = contents();
    Services acme = in("acme");

    TABLE.forEach(
        (signature, operation) ->
            assertThat(outcome(operation, acme, theirs))
                .as(signature)
                .isEqualTo(outcome(operation, acme, Things.ofNobody())));

    assertThat(contents()).isEqualTo(before);
    assertThat(acme.channels().list()).isEmpty();
    assertThat(acme.deliveries().list(DeliveryQuery.all()).items()).isEmpty();
  }

  @Test
  void in_its_own_workspace_it_is_known() {
    TABLE.forEach(
        (signature, operation) ->
            assertThat(outcome(operation, in("default"), theirs))
                .as(signature)
                .isNotEqualTo(outcome(operation, in("acme"), theirs)));
  }

  @Test
  void there_is_no_operation_but_those_that_are_tested() {
    Set<String> tested = new TreeSet<>(TABLE.keySet());
    tested.addAll(NAMELESS);
    Set<String> all = new TreeSet<>();
    for (Class<?> service :
        List.of(
            Channels.class, Rules.class, Filters.class, NoiseControls.class, Deliveries.class)) {
      for (Method method : service.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
          all.add(signature(method));
        }
      }
    }
    assertThat(all).containsExactlyElementsOf(tested);
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            joining(
                ",",
                method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
                ")"));
  }

  @Test
  void a_rule_can_not_lead_from_one_workspace_into_another() {
    Workspace acme = scenario.trigrun.workspace("acme");
    Job job = acme.jobs().create(JobSpec.named("Nightly sync").handler("sync").build());
    Services services = in("acme");
    Channel channel = services.channels().create(Channels.webhook("ops", URL));

    assertThatThrownBy(() -> services.rules().add(job.id(), theirs.channel(), ON_FAILURE))
        .isInstanceOf(ValidationException.class)
        .hasMessage("channel_id: expected the id of a channel, got " + theirs.channel());
    assertThatThrownBy(() -> services.rules().add(theirs.job(), channel.id(), ON_FAILURE))
        .isInstanceOf(ValidationException.class)
        .hasMessage("job_id: expected the id of a job, got " + theirs.job());
    assertThat(services.rules().add(job.id(), channel.id(), ON_FAILURE).channelId())
        .isEqualTo(channel.id());
  }

  @Test
  void a_delivery_belongs_to_the_workspace_of_its_job() {
    Workspace acme = scenario.trigrun.workspace("acme");
    Job job = acme.jobs().create(JobSpec.named("Nightly sync").handler("sync").build());
    Services services = in("acme");
    Channel channel =
        services.channels().create(Channels.webhook("ops", scenario.receiver.url("/acme")));
    assertThat(services.rules().add(job.id(), channel.id(), ON_SUCCESS)).isNotNull();

    Execution run = acme.jobs().runNow(job.id());
    scenario.driver.runDue();

    Delivery delivery = services.deliveries().of(run.id()).get(0);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(acme.executions().find(delivery.id()).orElseThrow().workspace()).isEqualTo("acme");
    assertThat(scenario.notifications.deliveries().of(run.id())).isEmpty();
    assertThat(scenario.notifications.deliveries().find(delivery.id())).isEmpty();
  }

  @Test
  void a_workspace_has_as_many_channels_as_its_limits_allow() {
    Channels acme = scenario.notifications.channels("acme");
    Channel first = acme.create(Channels.webhook("ops", URL));

    assertThatThrownBy(() -> acme.create(Channels.webhook("dev", URL)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageStartingWith("channels: expected at most 1 in workspace acme, got one more");
    assertThatThrownBy(() -> acme.save(Channels.webhook("dev", URL)))
        .isInstanceOf(LimitExceededException.class);
    assertThat(acme.save(Channels.webhook("ops", URL + "/2")).version()).isEqualTo(2);

    acme.delete(first.id());
    assertThat(acme.create(Channels.webhook("dev", URL)).name()).isEqualTo("dev");
  }

  @Test
  void what_is_no_workspace_is_refused() {
    Notifications notifications = scenario.notifications;
    assertThatThrownBy(() -> notifications.channels("a b"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("workspace: expected 1 to 64 letters");
    assertThatThrownBy(() -> notifications.rules("")).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> notifications.deliveries("a/b"))
        .isInstanceOf(ValidationException.class);
  }
}
