package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.LimitExceededException;
import io.trigrun.TrigRun;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.contract.Crowd;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** S28: how much a workspace may hold. */
public abstract class S28WorkspaceLimits extends FeatureTest {

  private static final WorkspaceLimits TWO_JOBS = WorkspaceLimits.standard().jobs(2);

  private static JobSpec job(String name) {
    return JobSpec.named(name).handler("work").schedule(Schedule.everyMinutes(5)).build();
  }

  private Workspace limited(WorkspaceLimits limits) {
    return open(manual().workspaceLimits(limits)).workspace("acme");
  }

  @Test
  void a_job_too_many_is_refused_and_nothing_of_it_is_stored() {
    Workspace acme = limited(TWO_JOBS);
    Job first = acme.jobs().create(job("first"));
    Job draft = acme.jobs().draft(job("draft"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> acme.jobs().create(job("third")))
          .isInstanceOfSatisfying(
              LimitExceededException.class,
              e -> {
                assertThat(e.workspace()).isEqualTo("acme");
                assertThat(e.what()).isEqualTo("jobs");
                assertThat(e.limit()).isEqualTo(2);
              })
          .hasMessage(
              "jobs: expected at most 2 in workspace acme, got one more; delete one, or raise the"
                  + " limit (TrigRunBuilder.workspaceLimits)");
    }
    assertThatThrownBy(() -> acme.jobs().draft(job("third")))
        .isInstanceOf(LimitExceededException.class);
    assertThatThrownBy(() -> acme.jobs().save(job("third")))
        .isInstanceOf(LimitExceededException.class);
    assertThat(acme.jobs().list(10).items()).containsExactlyInAnyOrder(first, draft);
    assertThat(acme.executions().list(acme.executions().query()).items())
        .as("the cursor of the first")
        .hasSize(1);
  }

  @Test
  void what_is_there_can_be_changed_and_what_is_deleted_makes_room() {
    Workspace acme = limited(TWO_JOBS);
    Job first = acme.jobs().create(job("first"));
    Job second = acme.jobs().create(job("second"));

    assertThat(acme.jobs().update(first.id(), job("renamed")).version()).isEqualTo(2);
    assertThat(acme.jobs().save(job("second"))).isEqualTo(second);
    assertThat(acme.jobs().pause(first.id()).state()).isEqualTo(JobState.PAUSED);
    assertThat(acme.jobs().resume(first.id()).state()).isEqualTo(JobState.ACTIVE);
    assertThat(acme.jobs().runNow(second.id())).isNotNull();

    acme.jobs().delete(first.id());
    assertThat(acme.jobs().create(job("third"))).isNotNull();
    assertThatThrownBy(() -> acme.jobs().create(job("fourth")))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void each_workspace_counts_by_itself_and_may_have_limits_of_its_own() {
    TrigRun trigrun =
        open(
            manual()
                .workspaceLimits(WorkspaceLimits.standard().jobs(0))
                .workspaceLimits("acme", WorkspaceLimits.standard().jobs(1))
                .workspaceLimits("globex", WorkspaceLimits.unlimited()));
    assertThat(trigrun.workspace("globex").jobs().create(job("a"))).isNotNull();
    assertThat(trigrun.workspace("globex").jobs().create(job("b"))).isNotNull();
    assertThat(trigrun.workspace("acme").jobs().create(job("a"))).isNotNull();

    assertThatThrownBy(() -> trigrun.workspace("acme").jobs().create(job("b")))
        .isInstanceOf(LimitExceededException.class);
    assertThatThrownBy(() -> trigrun.jobs().create(job("a")))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("at most 0 in workspace default");
    assertThat(trigrun.workspace("acme").limits().jobs()).isEqualTo(1);
    assertThat(trigrun.limits().jobs()).isZero();
  }

  @Test
  void a_plan_that_changes_is_in_force_at_once_and_takes_nothing_away() {
    AtomicReference<WorkspaceLimits> plan = new AtomicReference<>(TWO_JOBS);
    Workspace acme = open(manual().workspaceLimits(name -> plan.get())).workspace("acme");
    Job first = acme.jobs().create(job("first"));
    Job second = acme.jobs().create(job("second"));

    plan.set(TWO_JOBS.jobs(1));
    assertThat(acme.limits().jobs()).isEqualTo(1);
    assertThat(acme.jobs().list(10).items()).containsExactlyInAnyOrder(first, second);
    assertThat(acme.jobs().pause(first.id()).state()).isEqualTo(JobState.PAUSED);
    acme.jobs().delete(first.id());
    assertThatThrownBy(() -> acme.jobs().create(job("third")))
        .isInstanceOf(LimitExceededException.class);

    plan.set(TWO_JOBS);
    assertThat(acme.jobs().create(job("third"))).isNotNull();
  }

  @Test
  void without_limits_there_may_be_any_number_of_jobs() {
    TrigRun trigrun = open(manual());
    for (int i = 0; i < 30; i++) {
      assertThat(trigrun.jobs().draft(job("job-" + i))).isNotNull();
    }
    assertThat(trigrun.limits()).isEqualTo(WorkspaceLimits.standard());
    assertThat(trigrun.limits().channels()).isEqualTo(25);
  }

  @Test
  void a_payload_may_be_as_long_as_the_workspace_allows() {
    TrigRun trigrun =
        open(
            manual()
                .maxPayload(100)
                .workspaceLimits("small", WorkspaceLimits.standard().payload(10))
                .workspaceLimits("large", WorkspaceLimits.standard().payload(1_000)));
    ExecutionRequest ten = ExecutionRequest.of("work", "x".repeat(8)); // and its quotes
    ExecutionRequest eleven = ExecutionRequest.of("work", "x".repeat(9));

    assertThat(trigrun.workspace("small").enqueue(ten).duplicate()).isFalse();
    assertThatThrownBy(() -> trigrun.workspace("small").enqueue(List.of(ten, eleven)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("payload: expected at most 10 characters of JSON")
        .hasMessageContaining("got 11 characters");
    assertThatThrownBy(
            () ->
                trigrun
                    .workspace("small")
                    .jobs()
                    .create(JobSpec.named("j").handler("work", "x".repeat(9)).build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("at most 10 characters");
    assertThat(trigrun.enqueue(eleven).duplicate()).isFalse();
    assertThatThrownBy(
            () ->
                trigrun
                    .workspace("large")
                    .enqueue(ExecutionRequest.of("work", new Json("\"" + "x".repeat(99) + "\""))))
        .as("what the node can take holds as well")
        .hasMessageContaining("at most 100 characters");
  }

  @Test
  void of_many_nodes_that_create_the_last_one_at_the_same_time_one_may() throws Exception {
    List<TrigRun> nodes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      nodes.add(open(manual().node("node-" + i).workspaceLimits(TWO_JOBS)));
    }
    assertThat(nodes.get(0).jobs().create(job("there"))).isNotNull();

    List<Boolean> created =
        Crowd.rush(
            nodes.size(),
            i -> {
              try {
                return nodes.get(i).jobs().create(job("job-" + i)).version() == 1;
              } catch (LimitExceededException e) {
                return false;
              }
            });

    assertThat(created).filteredOn(one -> one).hasSize(1);
    assertThat(nodes.get(0).jobs().list(100).items()).hasSize(2);
  }

  static Stream<Arguments> refused() {
    WorkspaceLimits some = WorkspaceLimits.standard();
    return Stream.of(
        bad("jobs", "-1", () -> some.jobs(-1)),
        bad("jobs", "1000001", () -> some.jobs(1_000_001)),
        bad("channels", "-1", () -> some.channels(-1)),
        bad("channels", "2147483646", () -> some.channels(Integer.MAX_VALUE - 1)),
        bad("secrets", "-5", () -> some.secrets(-5)),
        bad("secrets", "1000001", () -> some.secrets(1_000_001)),
        bad("monitors", "-2147483648", () -> some.monitors(Integer.MIN_VALUE)),
        bad("monitors", "1000001", () -> some.monitors(1_000_001)),
        bad("payload", "0", () -> some.payload(0)),
        bad("payload", "16777217", () -> some.payload(16 * 1024 * 1024 + 1)));
  }

  private static Arguments bad(String field, String got, Supplier<WorkspaceLimits> attempt) {
    return arguments(named(field + " " + got, attempt), "workspace_limits." + field, got);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void a_limit_out_of_range_is_refused_by_name(
      Supplier<WorkspaceLimits> attempt, String field, String got) {
    assertThatThrownBy(attempt::get)
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith(field + ": expected ")
        .hasMessageEndingWith(", got " + got);
  }

  @Test
  void limits_at_the_edge_are_taken() {
    WorkspaceLimits widest =
        new WorkspaceLimits(1_000_000, 1_000_000, 1_000_000, 1_000_000, 16 * 1024 * 1024);
    assertThat(widest.jobs(0).channels(0).secrets(0).monitors(0).payload(1))
        .isEqualTo(new WorkspaceLimits(0, 0, 0, 0, 1));
    assertThat(WorkspaceLimits.unlimited().jobs()).isEqualTo(WorkspaceLimits.UNLIMITED);
  }

  @Test
  void limits_of_what_is_no_workspace_are_refused() {
    assertThatThrownBy(() -> manual().workspaceLimits("a b", TWO_JOBS))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("workspace: expected ");
  }
}
