package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.TrigRun;
import io.trigrun.WorkspaceLimits;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.Monitors;
import io.trigrun.monitor.Ping;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S12: pings, silence, recovery, pause, and what is told of it. */
@Timeout(120)
public abstract class S12Monitors extends FeatureTest {

  private static final MonitorSpec BACKUP =
      MonitorSpec.of("backup", Duration.ofMinutes(10)).withGrace(Duration.ofMinutes(5));
  private static final PingSource CURL = PingSource.of("192.0.2.7", "curl/8.5.0");

  private final Watch watch = new Watch();
  private final MonitorNews news = new MonitorNews();
  private TrigRun trigrun;
  private TrigRunDriver driver;
  private Monitors monitors;
  private UUID id;
  private String token;

  @BeforeEach
  void create_a_monitor() {
    trigrun = open(news.addTo(manual()).listener(watch));
    driver = driver(trigrun);
    monitors = trigrun.monitors();
    MonitorWithToken created = monitors.create(BACKUP);
    id = created.monitor().id();
    token = created.token();
  }

  private Monitor monitor() {
    return monitors.find(id).orElseThrow();
  }

  private MonitorState state() {
    return monitor().state();
  }

  private PingResult ping() {
    return monitors.ping(token, CURL);
  }

  private static Duration minutes(long count) {
    return Duration.ofMinutes(count);
  }

  private static Instant at(long minutes) {
    return START.plus(minutes(minutes));
  }

  private List<Execution> checks() {
    var query = trigrun.executions().query().handler("trigrun.monitor-check").limit(1_000);
    return trigrun.executions().list(query).items();
  }

  // Creating and reading

  @Test
  void a_new_monitor_waits_for_its_first_ping() {
    Monitor monitor = monitor();

    assertThat(monitor.spec()).isEqualTo(BACKUP);
    assertThat(monitor.workspace()).isEqualTo("default");
    assertThat(monitor.state()).isEqualTo(MonitorState.PENDING);
    assertThat(monitor.createdAt()).isEqualTo(START);
    assertThat(monitor.lastPingAt()).isEmpty();
    assertThat(monitor.nextExpectedAt()).contains(at(10));
    assertThat(monitor.downSince()).isEmpty();
    assertThat(monitor.pings()).isZero();
    assertThat(monitors.findByName("backup")).contains(monitor);
    assertThat(monitors.pings(id, 10).items()).isEmpty();
  }

  @Test
  void the_token_is_shown_once_and_not_stored() {
    assertThat(token).matches("mping_[A-Za-z0-9_-]{32}");
    assertThat(new MonitorWithToken(monitor(), token).toString()).doesNotContain(token);
    assertThat(monitor().toString()).doesNotContain(token);
    assertThat(store().listDefinitions(DefinitionQuery.of("default", "monitor")).items().toString())
        .contains("backup")
        .doesNotContain(token)
        .doesNotContain(token.substring(6));
    assertThat(checks().toString()).doesNotContain(token);
  }

  @Test
  void monitors_are_listed_page_by_page_the_newest_first() {
    IntStream.range(0, 4)
        .forEach(
            i -> {
              clock.advance(Duration.ofSeconds(1));
              assertThat(monitors.create(MonitorSpec.of("m" + i, minutes(1)))).isNotNull();
            });

    Page<Monitor> first = monitors.list(3);
    Page<Monitor> second = monitors.list(3, first.next().orElseThrow());

    assertThat(first.items()).extracting(Monitor::name).containsExactly("m3", "m2", "m1");
    assertThat(second.items()).extracting(Monitor::name).containsExactly("m0", "backup");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void a_name_that_is_taken_is_a_conflict_and_changes_nothing() {
    Monitor other = monitors.create(MonitorSpec.of("other", minutes(1))).monitor();

    assertThatThrownBy(() -> monitors.create(BACKUP))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a name that no other monitor has, got backup");
    assertThatThrownBy(() -> monitors.update(other.id(), BACKUP))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a name that no other monitor has, got backup");
    assertThat(monitors.find(other.id())).contains(other);
    assertThat(checks()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PT1M, PT0S, name",
    "' ', PT1M, PT0S, name",
    "'a\tb', PT1M, PT0S, name",
    "m, PT0S, PT0S, expected_interval_sec",
    "m, PT0.999S, PT0S, expected_interval_sec",
    "m, PT1.5S, PT0S, expected_interval_sec",
    "m, PT-1S, PT0S, expected_interval_sec",
    "m, P367D, PT0S, expected_interval_sec",
    "m, PT1S, PT-1S, grace_seconds",
    "m, PT1S, PT0.5S, grace_seconds",
    "m, PT1S, P367D, grace_seconds"
  })
  void what_is_wrong_is_refused_by_name(
      String name, Duration interval, Duration grace, String field) {
    assertThatThrownBy(() -> new MonitorSpec(name, interval, grace))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> assertThat(e.problems()).singleElement().matches(p -> p.field().equals(field)));
  }

  @Test
  void all_that_is_wrong_is_said_at_once_and_the_edges_are_fine() {
    Duration year = Duration.ofDays(366);
    assertThatThrownBy(() -> new MonitorSpec("x".repeat(201), Duration.ZERO, minutes(-1)))
        .isInstanceOfSatisfying(
            ValidationException.class, e -> assertThat(e.problems()).hasSize(3));
    assertThat(monitors.create(new MonitorSpec("x".repeat(200), year, year)).monitor().state())
        .isEqualTo(MonitorState.PENDING);
    assertThat(
            monitors
                .create(new MonitorSpec("1", Duration.ofSeconds(1), Duration.ZERO))
                .monitor()
                .nextExpectedAt())
        .contains(START.plusSeconds(1));
    assertThatThrownBy(() -> monitors.list(0)).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> monitors.pings(id, 1_001))
        .isInstanceOf(ValidationException.class)
        .hasMessage("limit: expected 1 to 1,000, got 1001");
  }

  static Stream<Consumer<Monitors>> operations_by_id() {
    UUID nobody = new UUID(0, 7);
    return Stream.of(
        monitors -> assertThat(monitors.update(nobody, BACKUP)).isNull(),
        monitors -> assertThat(monitors.pause(nobody)).isNull(),
        monitors -> assertThat(monitors.resume(nobody)).isNull(),
        monitors -> assertThat(monitors.rotateToken(nobody)).isNull(),
        monitors -> monitors.delete(nobody),
        monitors -> assertThat(monitors.pings(nobody, 1)).isNull(),
        monitors -> assertThat(monitors.pings(nobody, 1, new Cursor(START, nobody))).isNull());
  }

  @Test
  void an_unknown_id_is_said_to_be_one() {
    assertThat(operations_by_id())
        .allSatisfy(
            operation ->
                assertThatThrownBy(() -> operation.accept(monitors))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("monitor"));
    assertThat(monitors.find(new UUID(0, 7))).isEmpty();
    assertThat(monitors.findByName("nobody")).isEmpty();
  }

  @Test
  void nothing_reaches_a_monitor_of_another_workspace_but_its_token() {
    Monitors foreign = trigrun.workspace("acme").monitors();

    assertThat(Stream.of(foreign.find(id), foreign.findByName("backup")))
        .containsOnly(Optional.empty());
    assertThat(foreign.list(10).items()).isEmpty();
    assertThat(foreign.ping(token, CURL)).isEqualTo(PingResult.UNKNOWN);
    Stream<Consumer<Monitors>> operations =
        Stream.of(
            all -> assertThat(all.update(id, BACKUP)).isNull(),
            all -> assertThat(all.pause(id)).isNull(),
            all -> assertThat(all.resume(id)).isNull(),
            all -> assertThat(all.rotateToken(id)).isNull(),
            all -> all.delete(id),
            all -> assertThat(all.pings(id, 1)).isNull());
    assertThat(operations)
        .allSatisfy(
            operation ->
                assertThatThrownBy(() -> operation.accept(foreign))
                    .isInstanceOf(NotFoundException.class));
    assertThat(monitor().version()).isEqualTo(1);
    MonitorWithToken own = foreign.create(BACKUP);
    assertThat(monitors.ping(own.token(), CURL)).isEqualTo(PingResult.UNKNOWN);
    assertThat(trigrun.ping(own.token(), CURL)).isEqualTo(PingResult.UP);
    driver.advance(minutes(15));
    assertThat(foreign.findByName("backup").orElseThrow().state()).isEqualTo(MonitorState.DOWN);
  }

  @Test
  void one_more_than_the_workspace_may_have_is_refused() {
    TrigRun limited = open(manual().workspaceLimits(WorkspaceLimits.standard().monitors(1)));

    assertThatThrownBy(() -> limited.monitors().create(MonitorSpec.of("second", minutes(1))))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("monitors");
    assertThat(checks()).hasSize(1);
    assertThat(limited.monitors().update(id, MonitorSpec.of("renamed", minutes(1))).name())
        .isEqualTo("renamed");
  }

  // Up and down

  @Test
  void the_first_ping_brings_it_up_and_is_no_recovery() {
    clock.advance(minutes(3));

    assertThat(ping()).isEqualTo(PingResult.UP);

    assertThat(state()).isEqualTo(MonitorState.UP);
    assertThat(monitor().lastPingAt()).contains(at(3));
    assertThat(monitor().nextExpectedAt()).contains(at(13));
    assertThat(MonitorNews.told(trigrun)).isEmpty();
    assertThat(watch.all(TrigRunEvent.MonitorRecovered.class)).isEmpty();
  }

  @Test
  void silence_beyond_the_grace_brings_it_down_once_however_long_it_lasts() {
    assertThat(ping()).isEqualTo(PingResult.UP);
    driver.advance(minutes(15).minusMillis(1));
    assertThat(state()).as("within the grace").isEqualTo(MonitorState.UP);

    driver.advance(Duration.ofMillis(1));
    assertThat(state()).isEqualTo(MonitorState.DOWN);
    assertThat(monitor().downSince()).contains(at(15));
    assertThat(monitor().nextExpectedAt()).isEmpty();
    driver.advance(Duration.ofDays(3));

    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup");
    assertThat(watch.all(TrigRunEvent.MonitorDown.class))
        .singleElement()
        .satisfies(event -> assertThat(event.at()).isEqualTo(at(15)))
        .satisfies(event -> assertThat(event.monitor()).isEqualTo(monitor()));
    assertThat(checks())
        .singleElement()
        .satisfies(check -> assertThat(check.state()).isEqualTo(ExecutionState.SUCCEEDED));
  }

  @Test
  void one_that_was_never_pinged_goes_down_too() {
    driver.advance(minutes(15));

    assertThat(state()).isEqualTo(MonitorState.DOWN);
    assertThat(watch.all(TrigRunEvent.MonitorDown.class))
        .singleElement()
        .satisfies(event -> assertThat(event.monitor().lastPingAt()).isEmpty());
  }

  @Test
  void the_next_ping_is_the_recovery_and_the_watch_goes_on() {
    driver.advance(minutes(20));
    clock.set(at(60));

    assertThat(ping()).isEqualTo(PingResult.UP);
    assertThat(ping()).isEqualTo(PingResult.UP);

    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup", "RECOVERED backup");
    assertThat(monitor().downSince()).isEmpty();
    assertThat(watch.all(TrigRunEvent.MonitorRecovered.class))
        .singleElement()
        .satisfies(event -> assertThat(event.at()).isEqualTo(at(60)))
        .satisfies(event -> assertThat(event.downSince()).isEqualTo(at(15)))
        .satisfies(event -> assertThat(event.monitor().state()).isEqualTo(MonitorState.UP));
    driver.advance(minutes(15));
    assertThat(MonitorNews.told(trigrun))
        .containsExactly("DOWN backup", "RECOVERED backup", "DOWN backup");
  }

  @Test
  void pings_in_time_keep_it_up_with_one_execution_that_looks_once_an_interval() {
    int attempts = 0;
    for (int i = 0; i < 144; i++) {
      assertThat(ping()).isEqualTo(PingResult.UP);
      attempts += driver.advance(minutes(10));
    }

    assertThat(state()).isEqualTo(MonitorState.UP);
    assertThat(attempts).as("looks in a day of 144 pings").isBetween(90, 144);
    assertThat(checks()).hasSize(1);
    assertThat(MonitorNews.told(trigrun)).isEmpty();
    assertThat(trigrun.executions().attempts(checks().get(0).id())).isEmpty();
  }

  @Test
  void a_late_ping_that_comes_before_anybody_has_looked_keeps_it_up() {
    clock.set(at(40));

    assertThat(ping()).isEqualTo(PingResult.UP);
    driver.runDue();

    assertThat(state()).isEqualTo(MonitorState.UP);
    assertThat(MonitorNews.told(trigrun)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "mping_", "x", "mping_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "mping_ä/../../x"})
  void an_unknown_token_is_said_to_be_one(String unknown) {
    assertThat(monitors.ping(unknown, CURL)).isEqualTo(PingResult.UNKNOWN);
    assertThat(trigrun.ping(unknown, CURL)).isEqualTo(PingResult.UNKNOWN);
    assertThat(monitors.ping(token + "A", CURL)).isEqualTo(PingResult.UNKNOWN);
    assertThat(monitor().pings()).isZero();
  }

  @Test
  void the_token_alone_is_enough() {
    assertThat(trigrun.ping(token, PingSource.unknown())).isEqualTo(PingResult.UP);
    assertThat(state()).isEqualTo(MonitorState.UP);
  }

  @Test
  void a_rotated_token_replaces_the_old_one() {
    MonitorWithToken rotated = monitors.rotateToken(id);

    assertThat(rotated.token()).isNotEqualTo(token);
    assertThat(ping()).isEqualTo(PingResult.UNKNOWN);
    assertThat(monitors.ping(rotated.token(), CURL)).isEqualTo(PingResult.UP);
    assertThat(rotated.monitor().id()).isEqualTo(id);
  }

  // Pause and resume

  @Test
  void a_paused_monitor_records_pings_and_is_left_in_peace() {
    assertThat(ping()).isEqualTo(PingResult.UP);
    Monitor paused = monitors.pause(id);
    assertThat(paused.state()).isEqualTo(MonitorState.PAUSED);
    assertThat(paused.nextExpectedAt()).isEmpty();
    assertThat(monitors.pause(id)).as("no effect").isEqualTo(paused);
    driver.advance(Duration.ofDays(1));

    assertThat(ping()).isEqualTo(PingResult.PAUSED);

    assertThat(state()).isEqualTo(MonitorState.PAUSED);
    assertThat(monitor().lastPingAt()).contains(clock.instant());
    assertThat(monitors.pings(id, 10).items()).hasSize(2);
    assertThat(MonitorNews.told(trigrun)).isEmpty();
    assertThat(checks()).extracting(Execution::state).containsOnly(ExecutionState.CANCELLED);
  }

  @Test
  void a_resumed_monitor_counts_from_now() {
    assertThat(ping()).isEqualTo(PingResult.UP);
    monitors.pause(id);
    driver.advance(minutes(100));

    Monitor resumed = monitors.resume(id);

    assertThat(resumed.state()).isEqualTo(MonitorState.PENDING);
    assertThat(resumed.nextExpectedAt()).contains(at(110));
    assertThat(monitors.resume(id)).as("no effect").isEqualTo(resumed);
    driver.advance(minutes(14));
    assertThat(state()).isEqualTo(MonitorState.PENDING);
    driver.advance(minutes(1));
    assertThat(state()).isEqualTo(MonitorState.DOWN);
    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup");
  }

  @Test
  void one_that_was_paused_while_down_recovers_with_the_ping_after_the_pause() {
    driver.advance(minutes(15));
    monitors.pause(id);
    assertThat(ping()).isEqualTo(PingResult.PAUSED);
    assertThat(monitor().downSince()).contains(at(15));
    monitors.resume(id);
    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup");

    assertThat(ping()).isEqualTo(PingResult.UP);

    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup", "RECOVERED backup");
  }

  @Test
  void one_that_stays_silent_after_the_pause_is_told_of_again() {
    driver.advance(minutes(15));
    monitors.pause(id);
    monitors.resume(id);
    driver.advance(minutes(15));

    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup", "DOWN backup");
    assertThat(monitor().downSince()).as("since the first").contains(at(15));
  }

  // Changes

  @Test
  void another_interval_counts_from_the_latest_ping() {
    assertThat(ping()).isEqualTo(PingResult.UP);
    clock.set(at(4));

    Monitor shorter = monitors.update(id, MonitorSpec.of("renamed", minutes(5)));

    assertThat(shorter.name()).isEqualTo("renamed");
    assertThat(shorter.nextExpectedAt()).contains(at(5));
    assertThat(monitors.update(id, shorter.spec())).as("no effect").isEqualTo(shorter);
    Monitor longer = monitors.update(id, MonitorSpec.of("renamed", minutes(20)));
    assertThat(longer.nextExpectedAt()).contains(at(20));
    driver.advance(minutes(16));
    assertThat(state()).isEqualTo(MonitorState.UP);
    monitors.update(id, MonitorSpec.of("renamed", minutes(2)));
    driver.runDue();
    assertThat(state()).as("overdue by the new interval").isEqualTo(MonitorState.DOWN);
    monitors.update(id, BACKUP);
    assertThat(state()).as("until a ping comes").isEqualTo(MonitorState.DOWN);
    assertThat(ping()).isEqualTo(PingResult.UP);
    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN renamed", "RECOVERED backup");
  }

  @Test
  void a_deleted_monitor_is_gone_with_all_that_was_its() {
    IntStream.range(0, 25).forEach(i -> assertThat(ping()).isEqualTo(PingResult.UP));

    monitors.delete(id);

    assertThat(monitors.find(id)).isEmpty();
    assertThat(ping()).isEqualTo(PingResult.UNKNOWN);
    assertThat(store().listDefinitions(DefinitionQuery.of("default", "monitor_pings")).items())
        .isEmpty();
    assertThat(driver.advance(Duration.ofDays(1))).isZero();
    assertThat(checks()).extracting(Execution::state).containsOnly(ExecutionState.CANCELLED);
    assertThat(monitors.create(BACKUP).monitor().name()).isEqualTo("backup");
  }

  @Test
  void a_check_whose_monitor_is_deleted_under_its_hands_ends_quietly() {
    news.meanwhile(() -> monitors.delete(id));

    driver.advance(minutes(15));

    assertThat(monitors.find(id)).isEmpty();
    assertThat(MonitorNews.told(trigrun)).isEmpty();
    assertThat(watch.all(TrigRunEvent.MonitorDown.class)).isEmpty();
    assertThat(checks()).extracting(Execution::state).containsOnly(ExecutionState.CANCELLED);
  }

  @Test
  void a_ping_in_the_middle_of_the_check_keeps_it_up() {
    news.meanwhile(() -> assertThat(ping()).isEqualTo(PingResult.UP));

    driver.advance(minutes(15));

    assertThat(state()).isEqualTo(MonitorState.UP);
    assertThat(MonitorNews.told(trigrun)).isEmpty();
    assertThat(watch.all(TrigRunEvent.MonitorDown.class)).isEmpty();
    driver.advance(minutes(15));
    assertThat(MonitorNews.told(trigrun)).as("the check went on").containsExactly("DOWN backup");
  }

  @Test
  void a_clock_that_is_set_back_does_not_keep_a_dead_monitor_up() {
    clock.set(at(600));
    assertThat(ping()).isEqualTo(PingResult.UP);
    clock.set(at(5));

    assertThat(ping()).isEqualTo(PingResult.UP);

    assertThat(monitor().lastPingAt()).contains(at(5));
    driver.advance(minutes(15));
    assertThat(state()).isEqualTo(MonitorState.DOWN);
    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup");
  }

  @Test
  void what_follows_is_stored_with_the_change_or_neither_is() {
    news.meanwhile(
        () -> {
          throw new IllegalStateException("not now");
        });
    clock.set(at(15));
    driver.runDue();
    assertThat(state()).isEqualTo(MonitorState.PENDING);
    driver.advance(minutes(5));
    assertThat(state()).as("tried again").isEqualTo(MonitorState.DOWN);

    news.meanwhile(
        () -> {
          throw new IllegalStateException("not now");
        });
    assertThatThrownBy(this::ping).hasMessage("not now");
    assertThat(state()).isEqualTo(MonitorState.DOWN);
    assertThat(monitor().pings()).isZero();
    assertThat(ping()).isEqualTo(PingResult.UP);
    assertThat(MonitorNews.told(trigrun)).containsExactly("DOWN backup", "RECOVERED backup");
  }

  // History

  @Test
  void the_latest_hundred_pings_are_kept_with_address_and_user_agent() {
    for (int i = 1; i <= 257; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(monitors.ping(token, PingSource.of("10.0.0." + i % 200, "agent " + i)))
          .isEqualTo(PingResult.UP);
    }

    Page<Ping> first = monitors.pings(id, 60);
    Page<Ping> second = monitors.pings(id, 1_000, first.next().orElseThrow());

    List<Ping> all = Stream.of(first, second).flatMap(page -> page.items().stream()).toList();
    assertThat(all).hasSizeBetween(100, 109);
    assertThat(all)
        .extracting(Ping::number)
        .containsExactlyElementsOf(IntStream.range(0, all.size()).mapToObj(i -> 257L - i).toList());
    assertThat(all)
        .allSatisfy(
            ping -> {
              assertThat(ping.at()).isEqualTo(START.plusSeconds(ping.number()));
              assertThat(ping.source())
                  .isEqualTo(
                      PingSource.of("10.0.0." + ping.number() % 200, "agent " + ping.number()));
            });
    assertThat(second.next()).isEmpty();
    assertThat(monitor().pings()).isEqualTo(257);
    assertThat(store().listDefinitions(DefinitionQuery.of("default", "monitor_pings")).items())
        .as("what is kept is bounded")
        .hasSize(10);
  }

  @Test
  void what_a_caller_says_of_itself_is_cut_and_cleaned() {
    String wild = "a\0b\nc\ud800d\u202ee\u2028f " + "x".repeat(1_000);
    assertThat(monitors.ping(token, PingSource.of(wild, wild))).isEqualTo(PingResult.UP);
    assertThat(monitors.ping(token, PingSource.unknown())).isEqualTo(PingResult.UP);

    List<Ping> pings = monitors.pings(id, 10).items();

    assertThat(pings.get(0).source()).isEqualTo(PingSource.unknown());
    assertThat(pings.get(1).source().address().orElseThrow())
        .hasSize(64)
        .startsWith("a?b?c?d?e?f xxx");
    assertThat(pings.get(1).source().userAgent().orElseThrow()).hasSize(200);
  }
}
