package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.BackoffPolicy;
import io.trigrun.Callbacks;
import io.trigrun.HandlerCall;
import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.Labels;
import io.trigrun.Priority;
import io.trigrun.RateLimit;
import io.trigrun.RetryPolicy;
import io.trigrun.TriggerEvent;
import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;
import io.trigrun.http.ResponseCheck;
import io.trigrun.internal.secret.SecretIds;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.schedule.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A job that is stored and read is the job that was stored. */
class JobDocumentPropertyTest {

  @Property(tries = 500)
  void a_job_survives_its_document(@ForAll("jobs") Job job) {
    assertThat(JobDocument.read(JobDocument.write(job))).isEqualTo(job);
  }

  @Property(tries = 50)
  void a_job_refers_to_the_jobs_that_it_starts_and_to_its_secrets(@ForAll("jobs") Job job) {
    Set<UUID> needed = new HashSet<>(job.spec().triggers().ids());
    needed.addAll(SecretIds.of(job.workspace(), SecretIds.namedBy(job.spec())));
    assertThat(JobDocument.write(job).references()).isEqualTo(needed);
  }

  @Provide
  Arbitrary<Job> jobs() {
    Instant created = Instant.parse("2026-03-16T10:00:00.123456Z");
    return Combinators.combine(
            specs(), Arbitraries.of(JobState.class), Arbitraries.longs().between(1, 1_000))
        .as(
            (spec, state, version) ->
                new Job(
                    new UUID(version, 7),
                    "default",
                    spec,
                    state,
                    version,
                    created,
                    created.plusSeconds(version),
                    version % 2 == 0 ? Optional.of(new UUID(1, version)) : Optional.empty()));
  }

  private static Arbitrary<JobSpec> specs() {
    Arbitrary<Optional<String>> queues =
        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20).optional();
    return Combinators.combine(
            Arbitraries.strings().alpha().numeric().withChars(" \u00e9\u4e2d\"").ofMinLength(1),
            schedules(),
            policies(),
            actions(),
            retries().optional(),
            Arbitraries.of(Priority.class),
            queues,
            Arbitraries.integers().between(0, 1_000_000))
        .as(JobDocumentPropertyTest::spec);
  }

  private static JobSpec spec(
      String name,
      Schedule schedule,
      MissedRunPolicy missed,
      JobAction action,
      Optional<RetryPolicy> retry,
      Priority priority,
      Optional<String> queue,
      int limit) {
    String short40 = "n" + name.substring(0, Math.min(40, name.length()));
    Optional<RateLimit> rate =
        limit == 0
            ? Optional.empty()
            : Optional.of(RateLimit.of(limit, Duration.ofMillis(100 + limit)));
    return new JobSpec(
        short40,
        schedule,
        missed,
        limit % 2 == 0 ? OverlapPolicy.QUEUE : OverlapPolicy.SKIP,
        action,
        retry,
        priority,
        queue,
        limit,
        rate,
        triggers(limit),
        callbacks(limit),
        limit % 2 == 0 ? Labels.none() : Labels.of("team:ops", "n" + limit));
  }

  private static JobTriggers triggers(int seed) {
    List<JobTriggers.Target> saved =
        List.of(
            new JobTriggers.Target("a " + seed, Optional.of(new UUID(seed, 1))),
            new JobTriggers.Target("\"b\"", Optional.of(new UUID(seed, 2))));
    return switch (seed % 3) {
      case 0 -> JobTriggers.none();
      case 1 -> JobTriggers.none().on(TriggerEvent.ON_ERROR, "not looked up yet");
      default ->
          new JobTriggers(
              Map.of(
                  TriggerEvent.ON_SUCCESS,
                  saved,
                  TriggerEvent.ON_RETRIES_EXHAUSTED,
                  saved.subList(0, 1)));
    };
  }

  private static Callbacks callbacks(int seed) {
    Callbacks success = Callbacks.none().onSuccess("https://example.com/?n=" + seed);
    return switch (seed % 4) {
      case 0 -> Callbacks.none();
      case 1 -> success;
      case 2 -> success.onFailure("https://example.org:8443/").signedWith("secret://s-" + seed);
      default -> Callbacks.none().onFailure("http://localhost/x");
    };
  }

  private static Arbitrary<Schedule> schedules() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Schedule.now(),
            Schedule.manual(),
            Schedule.everyMinutes(1_440),
            Schedule.cron("*/5 1-3 * JAN,MAR 7", "Europe/Zurich"),
            Schedule.cron("@daily")),
        Arbitraries.longs()
            .between(1_000, 31_622_400_000L)
            .map(ms -> Schedule.every(Duration.ofMillis(ms))),
        Arbitraries.longs()
            .between(0, 4_000_000_000L)
            .map(s -> Schedule.at(Instant.ofEpochSecond(s, 123_456_000))));
  }

  private static Arbitrary<MissedRunPolicy> policies() {
    return Arbitraries.integers()
        .between(1, 1_000)
        .flatMap(
            n ->
                Arbitraries.of(
                    MissedRunPolicy.runOnce().tolerance(Duration.ofMillis(n)),
                    MissedRunPolicy.skip(),
                    MissedRunPolicy.runAll(n)));
  }

  private static Arbitrary<JobAction> actions() {
    return Arbitraries.of(
        HandlerCall.of("work"),
        new HandlerCall("work", new Json("{\"a\":[1,null,\"\u00e9\"]}")),
        HttpAction.post("https://example.com/{{uuid}}?q=1")
            .header("X-A", "b")
            .body("{{timestamp}}")
            .timeout(Duration.ofSeconds(7))
            .successStatuses(200, 418)
            .expect(ResponseCheck.jsonEquals("$.a", "b"), ResponseCheck.bodyMatches("x+"))
            .output("id", "$.id")
            .followRedirects(true)
            .build(),
        CommandAction.shell("echo \u00e9 | cat").inheritEnvironment(true).build(),
        CommandAction.of("printf", "%s", "")
            .workingDirectory(Path.of("/srv"))
            .environment("A", "secret://b")
            .stdin("\n")
            .timeout(Duration.ofDays(1))
            .successExitCodes(0, 255)
            .build());
  }

  private static Arbitrary<RetryPolicy> retries() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 100),
            Arbitraries.longs().between(0, 86_400_000),
            Arbitraries.doubles().between(1, 100),
            Arbitraries.doubles().between(0, 1))
        .as(
            (max, initial, multiplier, jitter) ->
                new RetryPolicy(
                    max,
                    Set.of(429, 500 + max % 99),
                    new BackoffPolicy(
                        Duration.ofMillis(initial), multiplier, Duration.ofDays(30), jitter)));
  }
}
